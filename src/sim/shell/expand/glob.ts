import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { lstatOrNull, readdir, S_IFDIR, S_IFLNK, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { hasPattern, shellPattern, unescapePattern } from './pattern.ts';

export interface GlobOptions {
  readonly extglob: boolean;
  readonly dotglob: boolean;
  readonly nocaseglob: boolean;
  readonly globstar: boolean;
}

/** Splits a pattern at slashes that are not inside an extended group. */
function splitPath(pattern: string): string[] {
  const out: string[] = [];
  let from = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '/') {
      out.push(pattern.slice(from, i));
      from = i + 1;
    }
  }
  out.push(pattern.slice(from));
  return out;
}

/** Paths that match a pattern, in byte order; empty if none does. */
export function* globPaths(pattern: string, options: GlobOptions): Sim<string[]> {
  const parts = splitPath(pattern);
  let found: string[] = [''];
  let start = 0;
  if (parts[0] === '' && parts.length > 1) {
    found = ['/'];
    start = 1;
  }
  for (let i = start; i < parts.length; i++) {
    const last = i === parts.length - 1;
    const part = parts[i];
    const next: string[] = [];
    for (const base of found) {
      if (part === '') {
        if (last) {
          const st = yield* statOrNull(base || '.');
          if (st && (st.mode & S_IFMT) === S_IFDIR) next.push(base === '' || base.endsWith('/') ? base : `${base}/`);
        } else next.push(base.endsWith('/') ? base : `${base}/`);
        continue;
      }
      const prefix = base === '' || base.endsWith('/') ? base : `${base}/`;
      if (options.globstar && part === '**') {
        yield* walk(prefix, last, options, next);
      } else if (!hasPattern(part, options.extglob)) {
        const path = prefix + unescapePattern(part);
        if (!last || (yield* lstatOrNull(path))) next.push(path);
      } else yield* matchNames(prefix, part, last, options, next);
    }
    found = next;
    if (found.length === 0) return [];
  }
  return found.filter((p) => p !== '').sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function* names(dir: string): Sim<readonly { readonly name: string; readonly type: number }[]> {
  try {
    return yield* readdir(dir || '.');
  } catch (error) {
    if (error instanceof Errno) return [];
    throw error;
  }
}

function* matchNames(prefix: string, part: string, last: boolean, options: GlobOptions, out: string[]): Sim<void> {
  const pattern = shellPattern(part, { extglob: options.extglob, nocase: options.nocaseglob, pathname: true });
  const dots = part[0] === '.' || (part[0] === '\\' && part[1] === '.') || options.dotglob;
  for (const entry of yield* names(prefix)) {
    if (entry.name[0] === '.' && !dots) continue;
    if (!pattern.matches(entry.name)) continue;
    if (!last && entry.type !== S_IFDIR && entry.type !== S_IFLNK) continue;
    out.push(prefix + entry.name);
  }
}

function* walk(prefix: string, files: boolean, options: GlobOptions, out: string[]): Sim<void> {
  out.push(prefix);
  for (const entry of yield* names(prefix)) {
    if (entry.name[0] === '.' && !options.dotglob) continue;
    const path = prefix + entry.name;
    if (entry.type === S_IFDIR) yield* walk(`${path}/`, files, options, out);
    else if (files) out.push(path);
  }
  if (files && prefix !== '') out[out.indexOf(prefix)] = prefix.slice(0, -1);
}
