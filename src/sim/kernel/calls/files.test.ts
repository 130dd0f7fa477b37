import { describe, expect, it } from 'vitest';
import { S_IFIFO } from '../abi.ts';
import { isErrno } from '../errno.ts';
import type { Sim } from '../sim.ts';
import {
  accept,
  bind,
  close,
  connect,
  kill,
  listen,
  mknod,
  open,
  pipe,
  poll,
  read,
  readText,
  sleep,
  socket,
  spawn,
  stat,
  waitpid,
  write,
} from '../syscalls.ts';
import { testMachine } from '../testing.ts';
import { caller } from './context.ts';

/** What a call says when it fails, else `ok`. */
function* outcome(call: Sim<unknown>): Sim<string> {
  try {
    yield* call;
    return 'ok';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code;
  }
}

describe('named pipes', () => {
  it('an opener that is killed while it waits is no longer the other side', () => {
    const result = testMachine().run(function* () {
      yield* mknod('/tmp/f', S_IFIFO, 0o644);
      const reader = yield* spawn({
        *main() {
          yield* open('/tmp/f', 'r');
          return 0;
        },
      });
      yield* sleep(1000);
      yield* kill(reader, 'SIGTERM');
      yield* waitpid(reader);
      const writer = yield* spawn({
        *main() {
          yield* open('/tmp/f', 'w');
          yield* write(1, 'opened with nobody there\n');
          return 0;
        },
      });
      yield* sleep(1000);
      yield* write(1, 'the writer still waits\n');
      yield* kill(writer, 'SIGTERM');
      return 0;
    });
    expect(result.stdout).toBe('the writer still waits\n');
  });

  it('an opener meets a partner that is gone before it wakes', () => {
    const result = testMachine().run(function* () {
      yield* mknod('/tmp/f', S_IFIFO, 0o644);
      const reader = yield* spawn({
        *main() {
          const fd = yield* open('/tmp/f', 'r');
          yield* write(1, `${(yield* read(fd)).length} bytes\n`);
          return 0;
        },
      });
      yield* sleep(1000);
      yield* close(yield* open('/tmp/f', 'w'));
      yield* waitpid(reader);
      return 0;
    });
    expect(result.stdout).toBe('0 bytes\n');
  });

  it('what nobody read is gone when nobody has it open', () => {
    const result = testMachine().run(function* () {
      yield* mknod('/tmp/f', S_IFIFO, 0o644);
      const first = yield* open('/tmp/f', 'r+');
      yield* write(first, 'old');
      yield* close(first);
      const second = yield* open('/tmp/f', 'r+');
      const [ready] = yield* poll([{ fd: second, read: true }], 0);
      yield* write(1, ready ? 'bytes' : 'nothing');
      return 0;
    });
    expect(result.stdout).toBe('nothing');
  });
});

describe('a full table of descriptors', () => {
  it('pipe needs two and keeps none of one', () => {
    const result = testMachine().run(function* () {
      (yield* caller()).fds.limit = 4;
      yield* write(1, `${yield* outcome(pipe())} `);
      yield* write(1, `${yield* open('/etc/passwd')}`);
      return 0;
    });
    expect(result.stdout).toBe('EMFILE 3');
  });

  it('open neither creates nor empties a file', () => {
    const result = testMachine({ files: { '/tmp/full': 'kept' } }).run(function* () {
      const { fds } = yield* caller();
      fds.limit = 3;
      const said = [yield* outcome(open('/tmp/full', 'w')), yield* outcome(open('/tmp/new', 'w'))];
      fds.limit = 10;
      yield* write(1, `${said.join(' ')} ${yield* readText('/tmp/full')} ${yield* outcome(stat('/tmp/new'))}`);
      return 0;
    });
    expect(result.stdout).toBe('EMFILE EMFILE kept ENOENT');
  });

  it('accept leaves the caller in the queue', () => {
    const result = testMachine().run(function* () {
      const server = yield* socket('unix', 'stream');
      yield* bind(server, { path: '/tmp/s' });
      yield* listen(server);
      yield* connect(yield* socket('unix', 'stream'), { path: '/tmp/s' });
      const { fds } = yield* caller();
      fds.limit = 5;
      const full = yield* outcome(accept(server));
      fds.limit = 10;
      yield* write(1, `${full} ${(yield* accept(server)).fd}`);
      return 0;
    });
    expect(result.stdout).toBe('EMFILE 5');
  });
});
