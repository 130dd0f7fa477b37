import { S_IFDIR, S_IFMT } from '../../../kernel/syscalls.ts';
import { textWidth } from '../../../lib/charWidth.ts';
import { compareBytes, compareVersions } from '../compare.ts';
import type { Entry } from './entry.ts';
import type { LsOptions } from './options.ts';

const extension = (name: string): string => {
  const at = name.lastIndexOf('.');
  return at < 0 ? '' : name.slice(at);
};

function bySort(a: Entry, b: Entry, o: LsOptions): number {
  switch (o.sort) {
    case 'size':
      return (b.stat?.size ?? 0) - (a.stat?.size ?? 0);
    case 'time':
      return (b.stat?.[o.time] ?? 0) - (a.stat?.[o.time] ?? 0);
    case 'version':
      return compareVersions(a.name, b.name);
    case 'extension':
      return compareBytes(extension(a.name), extension(b.name));
    case 'width':
      return textWidth(a.name) - textWidth(b.name);
    default:
      return 0;
  }
}

/** The order of two entries: directories first if asked, the key, the name; all turned round by -r. */
export function compareEntries(a: Entry, b: Entry, o: LsOptions): number {
  if (o.sort === 'none') return 0;
  if (o.directoriesFirst) {
    const dir = (e: Entry): number => ((((e.target ?? e.stat)?.mode ?? 0) & S_IFMT) === S_IFDIR ? 0 : 1);
    if (dir(a) !== dir(b)) return dir(a) - dir(b);
  }
  const order = bySort(a, b, o) || compareBytes(a.name, b.name);
  return o.reverse ? -order : order;
}
