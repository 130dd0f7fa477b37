/** /etc/passwd, /etc/shadow and /etc/group as texts to be changed. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  chmod,
  chown,
  lstatOrNull,
  mkdirAll,
  readdir,
  readFile,
  readText,
  S_IFDIR,
  S_IFMT,
  stat,
  writeFile,
} from '../../kernel/syscalls.ts';

export function* readLines(path: string): Sim<string[]> {
  try {
    return (yield* readText(path)).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

export function* writeLines(path: string, lines: readonly string[]): Sim<void> {
  yield* writeFile(path, lines.map((line) => `${line}\n`).join(''));
}

/** The lowest free number from 1000 on (from 999 down for system accounts). */
export function freeId(used: ReadonlySet<number>, system: boolean, wanted?: number): number {
  if (wanted !== undefined && !used.has(wanted)) return wanted;
  if (system) {
    for (let id = 999; id >= 100; id--) if (!used.has(id)) return id;
  }
  let id = 1000;
  while (used.has(id)) id++;
  return id;
}

/** A home directory with what /etc/skel has. False if it is there already. */
export function* makeHome(home: string, uid: number, gid: number, mode = 0o755): Sim<boolean> {
  if (yield* lstatOrNull(home)) return false;
  yield* mkdirAll(home);
  yield* chmod(home, mode);
  yield* chown(home, uid, gid);
  if (!(yield* lstatOrNull('/etc/skel'))) return true;
  for (const { name } of yield* readdir('/etc/skel')) {
    if (name === '.' || name === '..') continue;
    const from = `/etc/skel/${name}`;
    if (((yield* stat(from)).mode & S_IFMT) === S_IFDIR) continue;
    yield* writeFile(`${home}/${name}`, yield* readFile(from), 0o644);
    yield* chown(`${home}/${name}`, uid, gid);
  }
  return true;
}
