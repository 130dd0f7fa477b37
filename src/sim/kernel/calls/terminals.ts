/** Terminals, as termios(3) and ioctl_tty(2) have them. */
import type { Termios, WindowSize } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import { PtyMaster } from '../tty/master.ts';
import type { EditorRequest, Pty } from '../tty/pty.ts';
import { PtySlave } from '../tty/slave.ts';
import { RAW } from '../tty/termios.ts';
import { caller } from './context.ts';

function ptyOf(process: Process, fd: number): Pty {
  const file = process.fds.get(fd);
  if (!(file instanceof PtySlave) && !(file instanceof PtyMaster)) throw new Errno('ENOTTY');
  return file.pty;
}

export function* isatty(fd: number): Sim<boolean> {
  const { fds } = yield* caller();
  return fds.has(fd) && fds.get(fd) instanceof PtySlave;
}

export function* ttyname(fd: number): Sim<string> {
  return ptyOf(yield* caller(), fd).path;
}

export function* tcgetattr(fd: number): Sim<Termios> {
  return { ...ptyOf(yield* caller(), fd).termios };
}

export function* tcsetattr(fd: number, change: Partial<Termios>): Sim<void> {
  ptyOf(yield* caller(), fd).change(change);
}

export function* makeRaw(fd: number): Sim<Termios> {
  const pty = ptyOf(yield* caller(), fd);
  const before = { ...pty.termios };
  pty.change(RAW);
  return before;
}

export function* getWindowSize(fd: number): Sim<WindowSize> {
  return ptyOf(yield* caller(), fd).size;
}

export function* setWindowSize(fd: number, size: WindowSize): Sim<void> {
  ptyOf(yield* caller(), fd).resize(size);
}

export function* tcgetpgrp(fd: number): Sim<number> {
  const process = yield* caller();
  return ptyOf(process, fd).foreground?.pids.get(process.namespaces.pid) ?? 0;
}

export function* tcsetpgrp(fd: number, pgid: number): Sim<void> {
  const process = yield* caller();
  const pty = ptyOf(process, fd);
  if (process.tty !== pty) throw new Errno('ENOTTY');
  const leader = process.namespaces.pid.processes.get(pgid);
  if (!leader || leader.session !== process.session) throw new Errno('EPERM');
  pty.foreground = leader.group;
}

/** Asks the page that shows the terminal to open a file in its editor. Throws ENOTTY on a terminal that no page shows. */
export function* requestEditor(fd: number, request: EditorRequest): Sim<void> {
  const { onEditorRequest } = ptyOf(yield* caller(), fd);
  if (!onEditorRequest) throw new Errno('ENOTTY');
  onEditorRequest(request);
}
