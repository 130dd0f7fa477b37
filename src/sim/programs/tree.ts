import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstatOrNull, readdir, readlink, S_IFDIR, S_IFLNK, S_IFMT, type Stat, write } from '../kernel/syscalls.ts';
import { fnmatch } from './lib/glob.ts';
import { modeString } from './lib/mode.ts';
import { humanSize } from './lib/numbers.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'adfFghilL:nNpP:I:qQrsStuUvx',
  long: { noreport: 'noreport', dirsfirst: 'dirsfirst', sort: 'sort:', prune: 'prune' },
  usage: '[-adfFhilpsS] [-L LEVEL] [-P PATTERN] [-I PATTERN] [--noreport] [--dirsfirst] [DIRECTORY]...',
  about: 'Shows directories as trees.',
  version: 'tree v2.1.0 (c',
};

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly info: Stat;
}

class Tree {
  readonly #t: Tool;
  readonly #o: ParsedOptions;
  readonly #depth: number;
  directories = 0;
  files = 0;

  constructor(t: Tool, o: ParsedOptions, depth: number) {
    this.#t = t;
    this.#o = o;
    this.#depth = depth;
  }

  *root(path: string): Sim<boolean> {
    const info = yield* lstatOrNull(path);
    const entries = info && isDirectory(info) ? yield* this.#entries(path) : null;
    if (entries === null) {
      yield* this.#t.print(`${path}  [error opening dir]\n`);
      return false;
    }
    yield* this.#t.print(`${path}\n`);
    yield* this.#below(entries, '', 1);
    return true;
  }

  *#entries(path: string): Sim<readonly Entry[] | null> {
    const out: Entry[] = [];
    try {
      for (const { name } of yield* readdir(path)) {
        if (name === '.' || name === '..' || (name.startsWith('.') && !this.#o.has('a'))) continue;
        const child = path.endsWith('/') ? path + name : `${path}/${name}`;
        const info = yield* lstatOrNull(child);
        if (!info) continue;
        const directory = isDirectory(info);
        if (this.#o.has('d') && !directory) continue;
        const ignored = this.#o.value('I');
        const wanted = this.#o.value('P');
        if (ignored?.split('|').some((p) => fnmatch(p, name))) continue;
        if (wanted !== undefined && !directory && !wanted.split('|').some((p) => fnmatch(p, name))) continue;
        out.push({ name, path: child, info });
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      return null;
    }
    const by = this.#o.has('t') ? (e: Entry) => -e.info.mtime : this.#o.value('sort') === 'size' ? (e: Entry) => -e.info.size : () => 0;
    const group = (e: Entry) => (this.#o.has('dirsfirst') && !isDirectory(e.info) ? 1 : 0);
    out.sort((a, b) => group(a) - group(b) || by(a) - by(b) || (a.name < b.name ? -1 : 1));
    return this.#o.has('r') ? out.reverse() : out;
  }

  *#below(entries: readonly Entry[], indent: string, level: number): Sim<void> {
    for (const [i, entry] of entries.entries()) {
      const last = i === entries.length - 1;
      const kind = entry.info.mode & S_IFMT;
      if (kind === S_IFDIR) this.directories++;
      else this.files++;
      const lead = this.#o.has('i') ? '' : `${indent}${last ? '└── ' : '├── '}`;
      const target = kind === S_IFLNK ? ` -> ${yield* readlink(entry.path)}` : '';
      const mark = this.#o.has('F') ? (kind === S_IFDIR ? '/' : kind === S_IFLNK ? '' : entry.info.mode & 0o111 ? '*' : '') : '';
      yield* this.#t.print(`${lead}${this.#facts(entry.info)}${this.#o.has('f') ? entry.path : entry.name}${mark}${target}\n`);
      if (kind !== S_IFDIR || level >= this.#depth) continue;
      const children = yield* this.#entries(entry.path);
      if (children) yield* this.#below(children, `${indent}${last ? '    ' : '│   '}`, level + 1);
    }
  }

  #facts(info: Stat): string {
    const parts: string[] = [];
    if (this.#o.has('p')) parts.push(modeString(info.mode));
    if (this.#o.has('h')) parts.push(humanSize(info.size).padStart(4));
    else if (this.#o.has('s')) parts.push(String(info.size).padStart(11));
    return parts.length > 0 ? `[${parts.join(' ')}]  ` : '';
  }
}

const isDirectory = (info: Stat) => (info.mode & S_IFMT) === S_IFDIR;
const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** tree(1). Status 2 if a directory could not be opened. */
export function* tree(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const level = o.value('L');
  if (level !== undefined && !(Number(level) > 0)) {
    yield* write(2, 'tree: Invalid level, must be greater than 0.\n');
    return 1;
  }
  const walk = new Tree(t, o, level === undefined ? Number.POSITIVE_INFINITY : Number(level));
  let failed = false;
  for (const path of o.operands.length === 0 ? ['.'] : o.operands) failed = !(yield* walk.root(path)) || failed;
  if (!o.has('noreport')) {
    const files = o.has('d') ? '' : `, ${count(walk.files, 'file', 'files')}`;
    yield* t.print(`\n${count(walk.directories, 'directory', 'directories')}${files}\n`);
  }
  return failed ? 2 : 0;
}

export const program = tool('tree', tree, { shortName: true });
