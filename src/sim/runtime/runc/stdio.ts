/** Standard streams of a container's process: pipes between it and the engine, or a terminal in the container's own devpts. */
import { caller } from '../../kernel/calls/context.ts';
import { openDevice } from '../../kernel/files/device.ts';
import { ByteChannel, PipeEnd } from '../../kernel/files/pipe.ts';
import type { OpenFile } from '../../kernel/openFile.ts';
import { SharedFile } from '../../kernel/process/fdTable.ts';
import type { Process } from '../../kernel/process/process.ts';
import type { Sim } from '../../kernel/sim.ts';
import { PtyMaster } from '../../kernel/tty/master.ts';
import type { Pty } from '../../kernel/tty/pty.ts';
import { PtySlave } from '../../kernel/tty/slave.ts';
import type { ProcessStreams } from '../containerd.ts';
import { placeOf } from './rootfs.ts';

export interface Stdio {
  /** Files 0, 1 and 2 of the process; none with a terminal, which it opens itself. */
  readonly files: readonly OpenFile[];
  readonly streams: ProcessStreams;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Makes pipes that belong to the process's user (runc's fixStdioPermissions); the engine's ends become descriptors of the calling process. Without `stdin` the process reads /dev/null. */
export function* pipes(stdin: boolean, owner: Owner): Sim<Stdio> {
  const engine = yield* caller();
  const input = stdin ? newPipe(engine, owner) : undefined;
  const output = newPipe(engine, owner);
  const errors = newPipe(engine, owner);
  return {
    files: [input?.read ?? nullDevice(engine), output.write, errors.write],
    streams: {
      stdin: input && engine.fds.install(input.write, { cloexec: true }),
      stdout: engine.fds.install(output.read, { cloexec: true }),
      stderr: engine.fds.install(errors.read, { cloexec: true }),
    },
  };
}

function newPipe(engine: Process, owner: Owner): { readonly read: OpenFile; readonly write: OpenFile } {
  const channel = new ByteChannel();
  const about = { ino: engine.kernel.nextInode(), ...owner, now: engine.kernel.wallClock() };
  return {
    read: new PipeEnd(channel, { ...about, readable: true, writable: false }),
    write: new PipeEnd(channel, { ...about, readable: false, writable: true }),
  };
}

function nullDevice(engine: Process): OpenFile {
  const node = placeOf(engine, '/dev/null');
  if (!node) throw new Error('the machine has no /dev/null');
  return openDevice(engine, node.inode, '/dev/null', true, true);
}

/** A new terminal as the process's own, in a session of its own. */
export function takeTerminal(process: Process, size: { readonly height: number; readonly width: number } | undefined): Pty {
  const pty = process.kernel.devPtsOf(process).allocate({ rows: size?.height || 24, columns: size?.width || 80 });
  process.session = process;
  process.group = process;
  process.tty = pty;
  pty.session = process;
  pty.foreground = process;
  const slave = new SharedFile(new PtySlave(pty));
  for (const fd of [0, 1, 2]) process.fds.set(fd, slave);
  return pty;
}

/** The engine's end of it: one descriptor to read the screen and type. */
export function openMaster(engine: Process, pty: Pty): ProcessStreams {
  const fd = engine.fds.install(new PtyMaster(pty), { cloexec: true });
  return { stdin: fd, stdout: fd, stderr: undefined };
}
