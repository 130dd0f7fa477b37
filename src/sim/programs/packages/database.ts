/** Which packages are installed, as the package manager's own file on the disk tells; and putting programs there. */
import { isErrno } from '../../kernel/errno.ts';
import { executableStub } from '../../kernel/executable.ts';
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, mkdirAll, readText, statOrNull, unlink, writeFile } from '../../kernel/syscalls.ts';
import type { Package } from './archive.ts';

/** Where a program goes. */
export function placeOf(program: string): string {
  const [name] = program.split('=');
  return name.startsWith('/') ? name : `/usr/bin/${name}`;
}

/** A package as dpkg's status file tells of it. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly about: string;
  /** KiB */
  readonly size: number;
}

export const STATUS = '/var/lib/dpkg/status';

/** Where dpkg keeps the list of a package's files. */
export const listOf = (name: string): string => `/var/lib/dpkg/info/${name}.list`;

/** What dpkg has installed, by name. */
export function* installed(): Sim<readonly Installed[]> {
  const found: Installed[] = [];
  for (const entry of (yield* readOr(STATUS)).split(/\n\n+/)) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(entry)?.[1] ?? '';
    if (field('Package') === '' || !field('Status').endsWith(' installed')) continue;
    found.push({
      name: field('Package'),
      version: field('Version'),
      architecture: field('Architecture'),
      about: field('Description'),
      size: Number(field('Installed-Size')),
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The upstream version of a package that dpkg has installed: '3.13.5' of '3.13.5-1'. */
export function* packagedVersion(name: string): Sim<string | undefined> {
  return (yield* installed()).find((p) => p.name === name)?.version.replace(/^\d+:|[-+~].*$/g, '');
}

/** The codename of this system's release: 'trixie'. */
export function* codename(): Sim<string> {
  return /^VERSION_CODENAME=(\S+)/m.exec(yield* readOr('/etc/os-release'))?.[1] ?? 'bookworm';
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
    yield* writeFile(path, executableStub(program.split('=')[1] ?? path.slice(path.lastIndexOf('/') + 1)), 0o755);
  }
}

export function* remove(p: Package): Sim<void> {
  for (const program of p.programs ?? []) if (yield* statOrNull(placeOf(program))) yield* unlink(placeOf(program));
}

export function* record(file: string, entry: string): Sim<void> {
  yield* mkdirAll(file.slice(0, file.lastIndexOf('/')));
  yield* appendFile(file, entry);
}
