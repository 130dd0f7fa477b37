/** The archive that this system's apt gets its packages from, by its release. */
import type { Sim } from '../../kernel/sim.ts';
import { readdir, statOrNull } from '../../kernel/syscalls.ts';
import { debianArchive, type Package } from './archive.ts';
import { codename, readOr } from './database.ts';

export const LISTS = '/var/lib/apt/lists';

export interface Archive {
  readonly host: string;
  readonly suites: readonly (readonly [path: string, suite: string, kilobytes: number])[];
}

export function* archiveOf(): Sim<Archive> {
  const release = yield* readOr('/etc/os-release');
  const name = yield* codename();
  if (/^ID=ubuntu/m.test(release)) {
    return {
      host: 'archive.ubuntu.com',
      suites: [
        ['ubuntu', name, 256],
        ['ubuntu', `${name}-updates`, 126],
        ['ubuntu', `${name}-security`, 126],
      ],
    };
  }
  return {
    host: 'deb.debian.org',
    suites: [
      ['debian', name, 151],
      ['debian', `${name}-updates`, 55.4],
      ['debian-security', `${name}-security`, 48],
    ],
  };
}

/** What the lists on the disk know; nothing before an update. */
export function* knownPackages(): Sim<readonly Package[]> {
  if (!(yield* statOrNull(LISTS))) return [];
  const found = new Set<string>();
  for (const { name } of yield* readdir(LISTS))
    if (name.endsWith('_Packages')) for (const m of (yield* readOr(`${LISTS}/${name}`)).matchAll(/^Package: (\S+)/gm)) found.add(m[1]);
  return debianArchive(yield* codename()).filter((p) => found.has(p.name));
}
