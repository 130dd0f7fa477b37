/** What a path must be like that docker cp writes to. */
import { baseName, cleanPath, dirName } from '../../archive/paths.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFMT, S_IFREG } from '../../kernel/abi.ts';
import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import { CliError } from './errors.ts';

/** Throws CliError: its directory must be there; if something stands there, it must be a directory or a regular file. */
export function* checkCopyTarget(path: string): Sim<void> {
  const directory = dirName(cleanPath(path));
  if (directory !== '.' && baseName(path) !== '' && !(yield* statOrNull(directory))) {
    throw new CliError(`invalid output path: directory ${JSON.stringify(directory)} does not exist`);
  }
  const there = yield* statOrNull(path);
  const type = (there?.mode ?? S_IFREG) & S_IFMT;
  if (type === S_IFDIR || type === S_IFREG) return;
  if (type === S_IFCHR || type === S_IFBLK) {
    throw new CliError(`invalid output path: ${JSON.stringify(path)} must be a directory or a regular file: got a device`);
  }
}
