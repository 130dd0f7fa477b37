import type { WaitStatus } from '../kernel/abi.ts';
import { HostFile } from '../kernel/files/hostFile.ts';
import type { Kernel } from '../kernel/machine.ts';
import { pause, type Sim } from '../kernel/sim.ts';
import { waitOn } from '../kernel/syscalls.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { exitCode, ShellSession } from '../shell/index.ts';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A bash without a terminal that is given one command after the other and keeps its state between them. */
export interface Session {
  /** Begins a command; `done` is called when it has ended. */
  start(command: string, done: (result: CommandResult) => void): void;
}

export interface SessionOptions {
  readonly cwd: string;
  readonly home: string;
  readonly user?: string;
  readonly hostname: string;
}

interface Request {
  readonly command: string;
  readonly done: (result: CommandResult) => void;
}

/** Opens it on a machine as root. When its bash ends (`exit`, a signal, no more memory), the next command gets a new one. */
export function openSession(kernel: Kernel, options: SessionOptions): Session {
  let bash: SessionBash | undefined;
  return {
    start(command, done) {
      if (!bash?.alive) bash = new SessionBash(kernel, options);
      bash.ask({ command, done });
    },
  };
}

/** One bash process and the commands that it was given. */
class SessionBash {
  readonly #requests: Request[] = [];
  readonly #arrived = new WaitQueue();
  #current: Request | undefined;
  #out = new Capture();
  #err = new Capture();
  alive = true;

  constructor(kernel: Kernel, options: SessionOptions) {
    const process = kernel.spawnInit({
      argv: ['bash'],
      newSession: true,
      cwd: options.cwd,
      env: new Map([
        ['HOME', options.home],
        ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        ['LANG', 'C.UTF-8'],
        ['PWD', options.cwd],
        ['SHLVL', '0'],
        ['USER', options.user ?? 'root'],
        ['LOGNAME', options.user ?? 'root'],
        ['SHELL', '/bin/bash'],
      ]),
      files: [
        new HostFile({ input: null }),
        new HostFile({ name: 'pipe:[2]', onData: (data) => this.#out.add(data) }),
        new HostFile({ name: 'pipe:[3]', onData: (data) => this.#err.add(data) }),
      ],
      main: () => this.#main(),
    });
    process.onExit = (status) => this.#ended(status);
  }

  ask(request: Request): void {
    this.#requests.push(request);
    this.#arrived.wake();
  }

  *#main(): Sim<number> {
    const shell = yield* ShellSession.create();
    while (!shell.ended) {
      this.#current = this.#requests.shift();
      if (!this.#current) {
        yield* waitOn(this.#arrived);
        continue;
      }
      this.#out = new Capture();
      this.#err = new Capture();
      const exit = yield* shell.evaluate(this.#current.command);
      yield* pause(); // a signal that the command sent to its own shell comes first
      // After `exit`: who is told may ask again at once, and is to get a new shell.
      this.alive = !shell.ended;
      this.#answer(this.#current, exit);
    }
    return shell.shell.status;
  }

  #answer(request: Request, exit: number): void {
    this.#current = undefined;
    request.done({ stdout: this.#out.text(), stderr: this.#err.text(), exit });
  }

  /** The command that the shell died of, and those behind it, have the status that a parent would see. */
  #ended(status: WaitStatus): void {
    this.alive = false;
    const exit = exitCode(status);
    const left = [...(this.#current ? [this.#current] : []), ...this.#requests.splice(0)];
    for (const request of left) this.#answer(request, exit);
  }
}

class Capture {
  readonly #decoder = new Utf8Decoder();
  #text = '';
  add(data: Uint8Array): void {
    this.#text += this.#decoder.decode(data);
  }
  text(): string {
    return this.#text + this.#decoder.flush();
  }
}
