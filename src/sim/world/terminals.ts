import type { Kernel } from '../kernel/machine.ts';
import type { WindowSize } from '../kernel/syscalls.ts';
import type { EditorRequest, Pty } from '../kernel/tty/pty.ts';
import { PtySlave } from '../kernel/tty/slave.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { OutputTail } from './outputTail.ts';
import { STUDENT } from './rootfs/index.ts';
import type { TerminalView } from './view.ts';

/** Who logs in on a terminal. */
export interface Login {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
  readonly shell: string;
}

const STUDENT_LOGIN: Login = {
  user: STUDENT.name,
  uid: STUDENT.uid,
  gid: STUDENT.gid,
  groups: [STUDENT.gid, 27, 999],
  home: `/home/${STUDENT.name}`,
  shell: '/bin/bash',
};

/** A terminal of the page: a pty with a login shell on it. When the shell ends, a new one takes its place. */
export class Terminal {
  readonly machine: string;
  readonly #kernel: Kernel;
  #view: TerminalView;
  readonly #login: Login;
  readonly #pty: Pty;
  readonly #listeners = new Set<(data: Uint8Array) => void>();
  /** Somebody typed `edit FILE`. */
  onEditorRequest: ((request: EditorRequest) => void) | undefined;
  /** The end of what nobody has listened to yet. */
  #early: OutputTail | undefined = new OutputTail();
  #closed = false;

  constructor(machine: string, kernel: Kernel, size: WindowSize, login: Login = STUDENT_LOGIN) {
    this.machine = machine;
    this.#view = { machine, atPrompt: false };
    this.#kernel = kernel;
    this.#login = login;
    this.#pty = kernel.createPty(size);
    this.#pty.onOutput = (data) => this.#output(data);
    this.#pty.onEditorRequest = (request) => this.onEditorRequest?.(request);
    this.#startShell();
  }

  #startShell(): void {
    const { user, uid, gid, groups, home, shell } = this.#login;
    const env = new Map([
      ['SHELL', shell],
      ['PWD', home],
      ['LOGNAME', user],
      ['HOME', home],
      ['LANG', 'C.UTF-8'],
      ['TERM', 'xterm-256color'],
      ['USER', user],
      ['PATH', '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'],
    ]);
    const process = this.#kernel.spawnInit({
      path: shell,
      argv: [`-${shell.replace(/.*\//, '')}`],
      env,
      uid,
      gid,
      groups,
      cwd: home,
      newSession: true,
      controllingTty: 0,
      files: [new PtySlave(this.#pty), new PtySlave(this.#pty), new PtySlave(this.#pty)],
    });
    process.onExit = () => {
      if (this.#closed) return;
      this.#output(encodeUtf8('\r\ndrydock: the shell has ended, this is a new one\r\n'));
      this.#kernel.scheduler.after(0, () => {
        if (!this.#closed) this.#startShell();
      });
    };
  }

  #output(data: Uint8Array): void {
    this.#early?.push(data);
    for (const listener of this.#listeners) listener(data);
  }

  /** What was printed before the first listener came (the end of it, if it is much) is told to it at once. */
  onOutput(listener: (data: Uint8Array) => void): () => void {
    const early = this.#early?.take();
    if (early && early.length > 0) listener(early);
    this.#early = undefined;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps its identity while nothing has changed. */
  get view(): TerminalView {
    const atPrompt = !this.#closed && readsLine(this.#pty);
    if (atPrompt !== this.#view.atPrompt) this.#view = { machine: this.machine, atPrompt };
    return this.#view;
  }

  type(data: string): void {
    this.#pty.type(encodeUtf8(data));
  }

  resize(size: WindowSize): void {
    this.#pty.resize(size);
  }

  close(): void {
    this.#closed = true;
    this.#pty.hangUp();
  }
}

/** The login shells of the machine, and those that a person starts in them (`sudo -s`). */
const SHELLS: ReadonlySet<string> = new Set(['bash', 'rbash', 'sh', 'dash']);

/**
 * Whether a shell in the foreground reads a command line: it leads the foreground process group, and its line editor has switched the
 * terminal's own line editing (ICANON) off, as it does from a prompt to Enter. A full-screen program is raw too, but a group of its own;
 * so is `docker run -it`, whatever runs behind it.
 */
function readsLine({ foreground, termios }: Pty): boolean {
  return foreground !== undefined && !termios.icanon && SHELLS.has(foreground.exe.replace(/.*\//, ''));
}
