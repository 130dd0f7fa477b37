import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { S_IFCHR, S_IFDIR, S_IFMT, stat } from '../../kernel/syscalls.ts';
import { CliError } from './errors.ts';

/** Whether `-o path` can become a file. `what` begins the message: 'failed to save image'. Throws CliError. */
export function* checkOutputPath(path: string, what: string): Sim<void> {
  const dir = path.replace(/\/+[^/]*$/, '') || '/';
  if (path.includes('/')) {
    const problem = yield* statProblem(dir);
    if (problem) throw new CliError(`${what}: invalid output path: stat ${dir}: ${problem}`);
  }
  if (yield* statProblem(path)) return;
  const kind = (yield* stat(path)).mode & S_IFMT;
  if (kind === S_IFDIR) throw new CliError(`${what}: cannot write to a directory`);
  if (kind === S_IFCHR) throw new CliError(`${what}: cannot write to a character device file`);
}

function* statProblem(path: string): Sim<string | undefined> {
  try {
    yield* stat(path);
    return undefined;
  } catch (error) {
    if (isErrno(error)) return goErrorText(error.code);
    throw error;
  }
}
