import { expect, it } from 'vitest';
import { isErrno } from '../errno.ts';
import type { Sim } from '../sim.ts';
import { close, pipe, read, spawn, thread, waitOn, write } from '../syscalls.ts';
import { testMachine } from '../testing.ts';

const nothing = function* (): Sim<number> {
  return 0;
};

it('a child that cannot have what was asked for never exists and holds nothing open', () => {
  const machine = testMachine();
  let left = -1;
  const result = machine.run(function* () {
    const before = machine.kernel.processes().length;
    const [r, w] = yield* pipe();
    const asked = [
      {
        main: nothing,
        fds: new Map([
          [0, r],
          [1, w],
          [2, 77],
        ]),
      },
      { main: nothing, fds: new Map([[1, w]]), newSession: true, controllingTty: 1 },
      { main: nothing, fds: new Map([[1, w]]), newSession: true, controllingTty: 0 },
    ];
    for (const options of asked)
      try {
        yield* spawn(options);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* write(1, `${error.code} `);
      }
    left = machine.kernel.processes().length - before;
    yield* close(w);
    // The end of the file comes only when no writer is left.
    yield* write(1, `${(yield* read(r)).length}`);
    return 0;
  });
  expect(result.stdout).toBe('EBADF ENOTTY EBADF 0');
  expect(left).toBe(0);
});

it('a thread that dies of an error which nobody sees to is told of; its process goes on without it', () => {
  const machine = testMachine();
  const told: string[] = [];
  machine.kernel.onCrash = (process, error) => void told.push(`${process.comm}: ${String(error)}`);
  const result = machine.run(function* () {
    const supervisor = yield* thread(function* () {
      yield* close(77);
    });
    while (!supervisor.done) yield* waitOn(supervisor.ended);
    yield* write(1, 'still here\n');
    return 0;
  });
  expect(result).toEqual({ stdout: 'still here\n', stderr: '', exit: 0 });
  expect(told).toEqual([expect.stringContaining('Bad file descriptor')]);
});
