/** Finds the executable of a container's process as runc does, with Go's error texts. Runs inside the container's root. */
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { access, S_IFDIR, S_IFMT, stat } from '../../kernel/syscalls.ts';
import { RuntimeError } from '../containerd.ts';

/** The path to execute. Throws RuntimeError `exec: "x": executable file not found in $PATH` and its like. */
export function* lookPath(file: string, env: readonly string[]): Sim<string> {
  const quoted = JSON.stringify(file);
  if (file.includes('/')) {
    const problem = yield* whyNot(file);
    if (problem !== undefined) throw new RuntimeError(`exec: ${quoted}: ${problem}`);
    return file;
  }
  const path = env.findLast((entry) => entry.startsWith('PATH='))?.slice('PATH='.length) ?? '';
  for (const directory of path.split(':')) {
    const candidate = `${directory === '' ? '.' : directory}/${file}`;
    if ((yield* whyNot(candidate)) === undefined) return candidate;
  }
  throw new RuntimeError(`exec: ${quoted}: executable file not found in $PATH`);
}

/** Undefined if it can be executed. */
function* whyNot(path: string): Sim<string | undefined> {
  try {
    const { mode } = yield* stat(path);
    if ((mode & S_IFMT) === S_IFDIR) return 'is a directory';
    return (mode & 0o111) !== 0 && (yield* access(path, 1)) ? undefined : 'permission denied';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `stat ${path}: ${goErrorText(error.code)}`;
  }
}
