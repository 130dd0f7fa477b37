/** Runs a script on the interpreter, in the calling process. */

import type { Sim } from '../../../kernel/sim.ts';
import { load } from '../../../kernel/sim.ts';
import { compute, environ, isatty, randomBytes, setMemory, sigaction, wallClock, write } from '../../../kernel/syscalls.ts';
import { Rng } from '../../../lib/rng.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { IDLE_MEMORY, TICK_MICROSECONDS } from './vm/bounds.ts';
import { Device, Interrupted, type Operation } from './vm/device.ts';
import { image } from './vm/image.ts';
import { Interpreter, Overrun } from './vm/interpreter.ts';
import { Library, textOf } from './vm/library.ts';
import { operations } from './vm/operations.ts';
import { Output } from './vm/output.ts';
import { patternOperations } from './vm/patterns.ts';
import { posix } from './vm/posix.ts';
import { socketOperations } from './vm/sockets.ts';

/** What is run: a file, `-c` text, a module, the text of standard input, or a conversation. */
export interface Job {
  readonly kind: 'file' | 'command' | 'module' | 'stdin' | 'interactive';
  readonly text: string;
  readonly argv: readonly string[];
  /** Python's, '3.14.7'. */
  readonly version: string;
  /** '/usr/local' or '/usr'. */
  readonly prefix: string;
  readonly executable: string;
  readonly unbuffered: boolean;
  /** -i */
  readonly inspect: boolean;
  /** PYTHONPATH. */
  readonly path: string;
  /** The folder of the virtual environment that the interpreter's path is in. */
  readonly venv: string | null;
}

/** Ends with the exit status. */
export function* runPython(job: Job): Sim<number> {
  const module = yield* load(image);
  const library = new Library(`${job.prefix}/lib/python${job.version.split('.').slice(0, 2).join('.')}`);
  const unbuffered = job.unbuffered || Boolean((yield* environ()).get('PYTHONUNBUFFERED'));
  const output = new Output({ terminal: yield* isatty(1), unbuffered });
  let interpreter: Interpreter;
  let status = 0;
  /** Signals whose handlers of the program's own have yet to run. */
  const pending: number[] = [];
  const onInterrupt = function* (): Sim<void> {
    interpreter.interrupt();
    throw new Interrupted();
  };
  let clock = yield* wallClock();
  const own: Readonly<Record<string, Operation>> = {
    *job() {
      return { value: job };
    },
    *status([code]) {
      status = code;
    },
    *signals() {
      return { value: pending.splice(0) };
    },
    *sigaction([signal, number, how]) {
      if (how === 'interrupt') yield* sigaction('SIGINT', onInterrupt);
      else if (how === 'handler')
        yield* sigaction(signal, function* () {
          pending.push(number);
          throw new Interrupted();
        });
      else yield* sigaction(signal, how);
    },
    *library([name]) {
      return { value: textOf(name) ?? null };
    },
  };
  /** A call during which a signal may cut in. */
  const timed = (operation: Operation): Operation =>
    function* (args, data) {
      try {
        return yield* operation(args, data);
      } finally {
        clock = yield* wallClock();
        yield* interpreter.collect();
      }
    };
  const all = { ...operations(() => output), ...socketOperations, ...patternOperations(), ...own };
  const device = new Device(Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, timed(operation)])), (at, length) =>
    interpreter.setRoots(at, length),
  );
  const random = new Rng(new DataView((yield* randomBytes(4)).buffer).getUint32(0));
  interpreter = new Interpreter(module, {
    calls: posix(() => ({ interpreter, library, device, output })),
    clock: () => Math.floor(clock / 1000),
    random: () => random.bits(),
    *tick() {
      try {
        yield* compute(TICK_MICROSECONDS);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
      }
      clock = yield* wallClock();
      yield* setMemory(IDLE_MEMORY + Math.max(0, interpreter.size - baseline));
    },
  });
  const baseline = interpreter.size;
  yield* sigaction('SIGINT', onInterrupt);
  try {
    yield* interpreter.run(encodeUtf8(textOf('_drydock/boot.py')!));
    yield* output.flushAll();
  } catch (error) {
    if (!(error instanceof Overrun) && !(error instanceof RangeError)) throw error;
    yield* output.flushAll();
    yield* write(
      2,
      error instanceof Overrun
        ? 'drydock: stopped: the program ran in one built-in operation for too long\n'
        : 'Fatal Python error: Cannot recover from stack overflow.\n',
    );
    return 134;
  }
  return status;
}
