/** Archives that come from a file or standard input, as they are sent to the daemon. */
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, open, read } from '../../kernel/syscalls.ts';
import type { BodySource } from '../../net/http/body.ts';
import { CliError } from './errors.ts';

const CHUNK = 1 << 16;

/** A body that is read while it is sent. Throws `open x: no such file or directory`. */
export function* fileBody(path: string): Sim<BodySource> {
  try {
    return descriptorBody(yield* open(path));
  } catch (error) {
    if (isErrno(error)) throw new CliError(`open ${path}: ${goErrorText(error.code)}`);
    throw error;
  }
}

export function descriptorBody(fd: number): BodySource {
  return {
    *read() {
      const data = yield* read(fd, CHUNK);
      if (data.length > 0) return data;
      if (fd > 2) yield* close(fd);
      return null;
    },
  };
}
