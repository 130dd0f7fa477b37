/** Packages of Debian and Ubuntu, by release: what the images have installed, what the archives offer. */
import { own } from '../dictionary.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import * as bookworm from './releases/bookworm.ts';
import * as bullseye from './releases/bullseye.ts';
import * as focal from './releases/focal.ts';
import * as jammy from './releases/jammy.ts';
import * as noble from './releases/noble.ts';
import * as resolute from './releases/resolute.ts';
import * as trixie from './releases/trixie.ts';

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: 'amd64' | 'all';
  /** Bytes of the download; 0 for what came with the image. */
  readonly download: number;
  /** KiB on the disk. */
  readonly installed: number;
  readonly about: string;
}

const RELEASES: Readonly<Record<string, { readonly base: string; readonly archive: string }>> = {
  bullseye,
  bookworm,
  trixie,
  focal,
  jammy,
  noble,
  resolute,
};

const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
const release = (codename: string) => own(RELEASES, codename) ?? bookworm;

/** What the image of a release ('trixie') has installed, sorted by name. */
export function basePackages(codename: string): readonly DebianPackage[] {
  return rows(release(codename).base).map(([name, version, kib, architecture]) => ({
    name,
    version,
    architecture: architecture === 'all' ? 'all' : 'amd64',
    download: 0,
    installed: Number(kib),
    about: DESCRIPTIONS[name] ?? '',
  }));
}

/** What the archive of a release offers besides. */
export function archivePackages(codename: string): readonly DebianPackage[] {
  return rows(release(codename).archive).map(([name, version, bytes, kib]) => ({
    name,
    version,
    architecture: 'amd64',
    download: Number(bytes),
    installed: Number(kib),
    about: DESCRIPTIONS[name] ?? '',
  }));
}

/** Its paragraph in /var/lib/dpkg/status. */
export function statusEntry(p: DebianPackage): string {
  return `Package: ${p.name}\nStatus: install ok installed\nInstalled-Size: ${p.installed}\nArchitecture: ${p.architecture}\nVersion: ${p.version}\nDescription: ${p.about}\n\n`;
}

/** The text of /var/lib/dpkg/info/NAME.list: each path with the folders that lead to it. */
export function fileList(paths: readonly string[]): string {
  const all = new Set(['/.']);
  for (const path of paths)
    for (let at = path.indexOf('/', 1); ; at = path.indexOf('/', at + 1)) {
      all.add(at < 0 ? path : path.slice(0, at));
      if (at < 0) break;
    }
  return `${[...all].join('\n')}\n`;
}
