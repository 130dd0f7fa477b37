/** Flags whose value is read from a file while the command line is parsed (--ca-cert, --ca-key). */
import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readFile } from '../../../kernel/syscalls.ts';
import type { Flags } from './flags.ts';
import { FlagError } from './parse.ts';

/** Throws {@link FlagError} for a file that cannot be read. */
export function* checkPemFiles(flags: Flags): Sim<void> {
  for (const spec of flags.changedFlags.filter((f) => f.type === 'pem-file')) {
    const [path] = flags.list(spec.long);
    try {
      yield* readFile(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new FlagError(`invalid argument ${JSON.stringify(path)} for "--${spec.long}" flag: open ${path}: ${goErrorText(error.code)}`);
    }
  }
}
