/** For tests: a machine with the shells and the programs that are there, and a bash session on it. */

import { HostFile } from '../kernel/files/hostFile.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { waitOn } from '../kernel/syscalls.ts';
import { type TestMachine, testMachine } from '../kernel/testing.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { createShellPrograms } from './program.ts';
import { ShellSession } from './session.ts';

export interface StepResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A bash session as the headless driver makes one; each `step` runs in virtual time until the command has ended. */
export class TestSession {
  readonly machine: TestMachine;
  #out: Uint8Array[] = [];
  #err: Uint8Array[] = [];
  #request: string | undefined;
  #status: number | undefined;
  #crash: unknown;
  readonly #asked = new WaitQueue();

  constructor(programs: readonly Program[] = [], files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) {
    this.machine = testMachine({
      programs: [...programs, ...createShellPrograms()],
      files: { '/etc/hostname': 'node1\n', '/etc/hosts': '127.0.0.1 localhost\n', ...files },
    });
    const { kernel } = this.machine;
    kernel.onCrash = (_process, error) => {
      this.#crash ??= error;
    };
    const session = this;
    kernel.spawnInit({
      argv: ['bash'],
      cwd: '/home/student',
      env: new Map(
        Object.entries({
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: '/root',
          USER: 'root',
          LANG: 'C.UTF-8',
          HOSTNAME: 'node1',
          PWD: '/home/student',
          ...env,
        }),
      ),
      files: [
        new HostFile({ input: new Uint8Array(0) }),
        new HostFile({ onData: (d) => void this.#out.push(d) }),
        new HostFile({ onData: (d) => void this.#err.push(d) }),
      ],
      newSession: true,
      *main(): Sim<number> {
        const shell = yield* ShellSession.create();
        for (;;) {
          while (session.#request === undefined) yield* waitOn(session.#asked);
          const text = session.#request;
          session.#request = undefined;
          session.#status = yield* shell.evaluate(text);
        }
      },
    });
  }

  step(text: string, virtualSeconds = 120): StepResult {
    this.#out = [];
    this.#err = [];
    this.#status = undefined;
    this.#request = text;
    this.#asked.wake();
    const { scheduler } = this.machine;
    const limit = scheduler.now + virtualSeconds * 1_000_000;
    const done = (): boolean => this.#status !== undefined || this.#crash !== undefined;
    while (!done() && scheduler.now < limit) {
      scheduler.runUntil(Math.min(limit, scheduler.nextDue() ?? limit) + 1, 1_000_000, done);
      if (done() || scheduler.runnable) continue;
      // The session may have looked for a request just before there was one.
      if (this.#request !== undefined) this.#asked.wake();
      else if (scheduler.nextDue() === undefined) break;
    }
    if (this.#crash !== undefined) {
      const error = this.#crash;
      this.#crash = undefined;
      throw error;
    }
    return { stdout: joined(this.#out), stderr: joined(this.#err), exit: this.#status ?? -1 };
  }
}

function joined(chunks: readonly Uint8Array[]): string {
  const all: number[] = [];
  for (const chunk of chunks) for (const byte of chunk) all.push(byte);
  return decodeUtf8(Uint8Array.from(all));
}

/** Programs of `src/sim/programs`, as far as their modules load. */
export async function loadPrograms(): Promise<Program[]> {
  const modules = {
    ...import.meta.glob<Record<string, unknown>>([
      '../programs/*.ts',
      '../programs/*/index.ts',
      '../programs/{servers,languages}/*/index.ts',
      '!../programs/index.ts',
      '!**/*.test.ts',
    ]),
  };
  const out: Program[] = [];
  for (const path of Object.keys(modules).sort()) {
    try {
      const module = await modules[path]();
      if (module.program) out.push(module.program as Program);
      if (Array.isArray(module.programs)) out.push(...(module.programs as Program[]));
    } catch {
      // A program that does not load is missing, as it would be on the machine.
    }
  }
  return out.filter((p) => !['bash', 'sh', 'dash', 'ash', 'rbash'].includes(p.name));
}

/** What `bash script.sh` prints, its two outputs as one. */
export function scriptOutput(text: string, programs: readonly Program[] = []): string {
  return new TestSession(programs, { '/home/student/script.sh': text }).step('bash script.sh 2>&1').stdout;
}
