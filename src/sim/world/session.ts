import { HostFile } from '../kernel/files/hostFile.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { waitOn } from '../kernel/syscalls.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { ShellSession } from '../shell/index.ts';

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

/** Opens it on a machine as root. */
export function openSession(kernel: Kernel, options: SessionOptions): Session {
  const requests: { readonly command: string; readonly done: (result: CommandResult) => void }[] = [];
  const arrived = new WaitQueue();
  let out = new Capture();
  let err = new Capture();
  const stdout = new HostFile({ name: 'pipe:[2]', onData: (data) => out.add(data) });
  const stderr = new HostFile({ name: 'pipe:[3]', onData: (data) => err.add(data) });
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
    files: [new HostFile({ input: null }), stdout, stderr],
    *main(): Sim<number> {
      const shell = yield* ShellSession.create();
      for (;;) {
        const request = requests.shift();
        if (!request) {
          yield* waitOn(arrived);
          continue;
        }
        out = new Capture();
        err = new Capture();
        const exit = yield* shell.evaluate(request.command);
        request.done({ stdout: out.text(), stderr: err.text(), exit });
      }
    },
  });
  process.onExit = () => {
    for (const request of requests.splice(0)) request.done({ stdout: out.text(), stderr: err.text(), exit: 1 });
  };
  return {
    start(command, done) {
      requests.push({ command, done });
      arrived.wake();
    },
  };
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
