/** Which packages are installed, as the package manager's own file on the disk tells; and putting programs there. */
import { isErrno } from '../../kernel/errno.ts';
import { executableStub } from '../../kernel/executable.ts';
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, mkdirAll, readText, statOrNull, unlink, writeFile } from '../../kernel/syscalls.ts';
import type { Package } from './archive.ts';

/** Where a program goes. */
export function placeOf(program: string): string {
  return program.startsWith('/') ? program : `/usr/bin/${program}`;
}

export function* readOr(path: string, otherwise = ''): Sim<string> {
  try {
    return yield* readText(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return otherwise;
  }
}

/** Names in dpkg's status file or apk's list. */
export function* installedNames(file: string, field: string): Sim<ReadonlySet<string>> {
  const text = yield* readOr(file);
  return new Set([...text.matchAll(new RegExp(`^${field}(\\S+)`, 'gm'))].map((m) => m[1]));
}

export function* unpack(p: Package): Sim<void> {
  for (const program of p.programs ?? []) {
    const path = placeOf(program);
    yield* mkdirAll(path.slice(0, path.lastIndexOf('/')));
    if (yield* statOrNull(path)) yield* unlink(path);
    yield* writeFile(path, executableStub(path.slice(path.lastIndexOf('/') + 1)), 0o755);
  }
}

export function* remove(p: Package): Sim<void> {
  for (const program of p.programs ?? []) if (yield* statOrNull(placeOf(program))) yield* unlink(placeOf(program));
}

export function* record(file: string, entry: string): Sim<void> {
  yield* mkdirAll(file.slice(0, file.lastIndexOf('/')));
  yield* appendFile(file, entry);
}
