/** A file that is written as a whole or not at all (export, save): what stands there stays until the new one is complete. */
import { dirName } from '../../archive/paths.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../../kernel/abi.ts';
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, lstatOrNull, open, rename, stat, unlink, write } from '../../kernel/syscalls.ts';
import { CliError } from './errors.ts';

const REFUSED: Readonly<Record<number, string>> = {
  [S_IFDIR]: 'cannot write to a directory',
  [S_IFLNK]: 'cannot write to a symbolic link directly',
  [S_IFIFO]: 'cannot write to a named pipe (FIFO)',
  [S_IFSOCK]: 'cannot write to a socket',
  [S_IFCHR]: 'cannot write to a character device file',
  [S_IFBLK]: 'cannot write to a block device file',
};

/** Throws CliError, with `failed` before it, for a path that cannot become such a file. */
export function* checkOutputFile(path: string, failed: string): Sim<void> {
  const directory = dirName(path);
  try {
    const { mode } = yield* stat(directory);
    if ((mode & S_IFMT) !== S_IFDIR) throw new CliError(`${failed}: invalid output path: stat ${directory}: not a directory`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CliError(`${failed}: invalid output path: stat ${directory}: ${goErrorText(error.code)}`);
  }
  const there = yield* lstatOrNull(path);
  const refusal = there && REFUSED[there.mode & S_IFMT];
  if (refusal) throw new CliError(`${failed}: ${refusal}`);
}

/** Writes what comes until its end. */
export function* writeOutputFile(path: string, source: { read(): Sim<Uint8Array | null> }, failed: string): Sim<void> {
  const slash = path.lastIndexOf('/') + 1;
  const temporary = `${path.slice(0, slash)}.tmp-${path.slice(slash)}`;
  try {
    const fd = yield* open(temporary, 'w', 0o600);
    for (let data = yield* source.read(); data !== null; data = yield* source.read()) yield* write(fd, data);
    yield* close(fd);
    yield* rename(temporary, path);
  } catch (error) {
    if (yield* lstatOrNull(temporary)) yield* unlink(temporary);
    if (isErrno(error)) throw new CliError(`${failed}: open ${temporary}: ${goErrorText(error.code)}`);
    throw error;
  }
}
