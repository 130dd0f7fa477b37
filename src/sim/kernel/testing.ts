/** A small machine for tests: programs in /usr/bin, files where asked, one command at a time. */

import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { SignalName } from './abi.ts';
import { Errno } from './errno.ts';
import { executableStub } from './executable.ts';
import { HostFile } from './files/hostFile.ts';
import { Kernel, type KernelOptions } from './machine.ts';
import { SIGNAL_NUMBERS } from './process/signals.ts';
import type { Program } from './program.ts';
import { Scheduler } from './scheduler.ts';
import type { Sim } from './sim.ts';
import { PtySlave } from './tty/slave.ts';
import { MemFs } from './vfs/memFs.ts';

export interface TestMachineOptions {
  readonly programs?: readonly Program[];
  /** Path to content; a path that ends in / makes a directory. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default 0. */
  readonly uid?: number;
  readonly seed?: number;
  readonly hostname?: string;
  readonly kernel?: Partial<KernelOptions>;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  /** Runs on a terminal of 80x24; `stdin` is typed on it. Its screen is `stdout`. */
  readonly tty?: boolean;
  /** Virtual microseconds after which the run is given up; default an hour. */
  readonly timeout?: number;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** As a shell's $?. */
  readonly exit: number;
}

export interface TestMachine {
  readonly kernel: Kernel;
  readonly scheduler: Scheduler;
  readonly root: MemFs;
  run(command: Command, options?: RunOptions): RunResult;
  /** As `run`, for what loads a part of itself lazily. */
  runLazy(command: Command, options?: RunOptions): Promise<RunResult>;
}

/** A program of the machine with its arguments, or code. */
export type Command = readonly string[] | (() => Sim<number>);

/** Tuesday 2026-11-24 14:00:00 UTC. */
export const TEST_EPOCH = 1_795_528_800_000_000;
const HOUR = 3_600_000_000;

export function testMachine(options: TestMachineOptions = {}): TestMachine {
  const scheduler = new Scheduler({ seed: options.seed ?? 1 });
  const programs = new Map((options.programs ?? []).map((p) => [p.name, p]));
  const kernel = new Kernel({ scheduler, hostname: options.hostname ?? 'node1', programs, bootEpochUs: TEST_EPOCH, ...options.kernel });
  let crash: unknown;
  kernel.onCrash = (_process, error) => {
    crash ??= error;
  };
  const root = new MemFs({ device: kernel.nextDevice(), now: TEST_EPOCH });
  const uid = options.uid ?? 0;
  for (const dir of ['/proc', '/sys', '/dev', '/run', '/usr/bin', '/etc', '/root'])
    root.addFile(dir, { directory: true, mtime: TEST_EPOCH });
  root.addFile('/tmp', { directory: true, mode: 0o1777, mtime: TEST_EPOCH });
  root.addFile('/bin', { target: 'usr/bin', mtime: TEST_EPOCH });
  root.addFile('/etc/passwd', {
    data: encodeUtf8('root:x:0:0:root:/root:/bin/bash\nstudent:x:1000:1000:Student,,,:/home/student:/bin/bash\n'),
    mtime: TEST_EPOCH,
  });
  root.addFile('/etc/group', { data: encodeUtf8('root:x:0:\nsudo:x:27:student\nstudent:x:1000:\n'), mtime: TEST_EPOCH });
  root.addFile('/home/student', { directory: true, uid, gid: uid, mtime: TEST_EPOCH });
  for (const name of programs.keys()) root.addFile(`/usr/bin/${name}`, { mode: 0o755, data: executableStub(name), mtime: TEST_EPOCH });
  for (const [path, content] of Object.entries(options.files ?? {})) {
    if (path.endsWith('/')) root.addFile(path.slice(0, -1), { directory: true, uid, gid: uid, mtime: TEST_EPOCH });
    else root.addFile(path, { data: encodeUtf8(content), uid, gid: uid, mtime: TEST_EPOCH });
  }
  kernel.mountRoot(root);

  /** Runs it in steps; each gives the result, or what is to be waited for before the next one. */
  const begin = (command: Command, run: RunOptions): (() => RunResult | Promise<void>) => {
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    const pty = run.tty ? kernel.createPty() : undefined;
    if (pty) pty.onOutput = (data) => out.push(data);
    const files = pty
      ? [new PtySlave(pty), new PtySlave(pty), new PtySlave(pty)]
      : [
          new HostFile({ input: encodeUtf8(run.stdin ?? '') }),
          new HostFile({ name: 'pipe:[2]', onData: (d) => out.push(d) }),
          new HostFile({ name: 'pipe:[3]', onData: (d) => err.push(d) }),
        ];
    const env = new Map(
      Object.entries({
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: uid === 0 ? '/root' : '/home/student',
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        ...run.env,
      }),
    );
    const who = run.uid ?? uid;
    const common = {
      env,
      cwd: run.cwd ?? '/home/student',
      files,
      uid: who,
      gid: who,
      groups: [who],
      newSession: true,
      controllingTty: pty ? 0 : undefined,
    };
    let exit: number | undefined;
    try {
      const process = kernel.spawnInit(
        typeof command === 'function'
          ? { ...common, main: command, argv: ['test'] }
          : { ...common, path: command[0].includes('/') ? command[0] : `/usr/bin/${command[0]}`, argv: command as readonly string[] },
      );
      process.onExit = (status) => {
        exit = status.kind === 'exited' ? status.code : 128 + SIGNAL_NUMBERS[(status as { signal: SignalName }).signal];
      };
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      const failed = {
        stdout: '',
        stderr: `${typeof command === 'function' ? 'test' : command[0]}: ${error.message}\n`,
        exit: error.code === 'ENOENT' ? 127 : 126,
      };
      return () => failed;
    }
    if (pty && run.stdin) pty.type(encodeUtf8(run.stdin));
    const limit = scheduler.now + (run.timeout ?? HOUR);
    return () => {
      const result = scheduler.runUntil(limit, Number.POSITIVE_INFINITY, () => exit !== undefined);
      if (typeof result === 'object') return result;
      if (crash !== undefined) {
        const error = crash;
        crash = undefined;
        throw error;
      }
      if (exit === undefined)
        throw new Error(
          `The command did not end: ${typeof command === 'function' ? 'a function' : command.join(' ')}\n${text(out)}${text(err)}`,
        );
      return { stdout: text(out), stderr: text(err), exit };
    };
  };

  return {
    kernel,
    scheduler,
    root,
    run(command, options = {}) {
      const result = begin(command, options)();
      if (result instanceof Promise) throw new Error('This loads a part of itself: use runLazy.');
      return result;
    },
    async runLazy(command, options = {}) {
      const step = begin(command, options);
      for (;;) {
        const result = step();
        if (!(result instanceof Promise)) return result;
        await result;
      }
    },
  };
}

function text(chunks: readonly Uint8Array[]): string {
  const length = chunks.reduce((sum, c) => sum + c.length, 0);
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return decodeUtf8(all);
}
