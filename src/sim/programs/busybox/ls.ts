/** The ls applet: fixed columns, its own colours, names as they are. After coreutils/ls.c of BusyBox. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  getenv,
  getWindowSize,
  isatty,
  lstat,
  readdir,
  readlink,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  type Stat,
  stat,
  statOrNull,
  wallClock,
} from '../../kernel/syscalls.ts';
import { textWidth } from '../../lib/charWidth.ts';
import { timeZone } from '../date.ts';
import { humanReadable } from '../lib/busyboxSizes.ts';
import { formatTime, type TimeZone } from '../lib/calendar.ts';
import { Fatal } from '../lib/failure.ts';
import { compareEntries, type SortWishes } from '../lib/ls/order.ts';
import { modeString } from '../lib/mode.ts';
import { parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';
import { readUsers, type UserTable } from '../lib/users.ts';

const SPEC = {
  short: 'Cadi1lgnsxAkFpRQctuSXrvLHhT:w:',
  long: { 'full-time': 'full-time', 'group-directories-first': 'directories', color: 'color::' },
  usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  about: 'Lists files.',
};

const HALF_YEAR_S = (3600 * 24 * 365) / 2;

interface Item {
  /** As it is shown. */
  readonly name: string;
  readonly path: string;
  /** Of the link or, with -L or as an operand, of what it leads to. */
  readonly stat: Stat;
}

interface Wishes extends SortWishes {
  readonly format: 'long' | 'single' | 'columns' | 'across';
  readonly has: (option: string) => boolean;
  readonly colours: boolean;
  readonly width: number;
  readonly users: UserTable;
  readonly zone: TimeZone;
  /** Microseconds. */
  readonly now: number;
}

export const ls: Applet = (argv, build) => runTool(main, argv, build);

function* main(t: Tool): Sim<number> {
  const { wishes: w, operands } = yield* readWishes(t);
  const names = operands.length === 0 ? ['.'] : operands;
  const follow = !(w.format === 'long' || w.has('i') || w.has('s') || w.has('F')) || w.has('H') || w.has('L');
  const files: Item[] = [];
  const folders: Item[] = [];
  for (const name of names) {
    const item = yield* examine(t, name, name, follow);
    if (item) (isFolder(item.stat.mode) && !w.has('d') ? folders : files).push(item);
  }
  if (files.length > 0) yield* t.print(yield* render(files, w));
  yield* list(t, sorted(folders, w), w, names.length > 1, files.length === 0);
  return t.status;
}

function* readWishes(t: Tool): Sim<{ readonly wishes: Wishes; readonly operands: readonly string[] }> {
  const o = yield* parseOptions(t, SPEC);
  const terminal = yield* isatty(1);
  const order: string[] = o.options.map(([key]) => key);
  const last = (keys: string) => order.findLast((key) => keys.includes(key));
  const wide = o.value('w');
  if (wide !== undefined && !/^\d+$/.test(wide)) throw new Fatal(`invalid number '${wide}'`);
  const long = o.has('l') || o.has('n') || o.has('g') || o.has('full-time');
  // Of the formats the last one counts; -1 does not take back -l.
  const asked = last('Cx1lng');
  const format = asked === 'C' ? 'columns' : asked === 'x' ? 'across' : long ? 'long' : asked === '1' || !terminal ? 'single' : 'columns';
  const byTime = o.has('t') || ((o.has('c') || o.has('u')) && !long);
  const key = last('tS') ?? (byTime ? 't' : o.has('X') ? 'X' : o.has('v') ? 'v' : undefined);
  const wishes: Wishes = {
    format,
    has: (option) => o.has(option),
    sort: key === 't' ? 'time' : key === 'S' ? 'size' : key === 'X' ? 'extension' : key === 'v' ? 'version' : 'name',
    time: last('cu') === 'c' ? 'ctime' : last('cu') === 'u' ? 'atime' : 'mtime',
    reverse: o.has('r'),
    directoriesFirst: o.has('directories'),
    colours: yield* wantsColours(o.value('color'), terminal),
    width: wide !== undefined ? Number(wide) : (yield* columns()) - 1,
    users: yield* readUsers(),
    zone: yield* timeZone(),
    now: yield* wallClock(),
  };
  return { wishes, operands: o.operands };
}

/** Colours are on by default on a terminal. */
function* wantsColours(asked: string | undefined, terminal: boolean): Sim<boolean> {
  const smart = ((yield* getenv('TERM')) ?? '') !== 'dumb';
  const scheme = yield* getenv('LS_COLORS');
  if (asked?.startsWith('n')) return false;
  if (asked !== undefined && ['always', 'yes', 'force'].some((word) => word.startsWith(asked))) return true;
  return terminal && smart && scheme !== '' && scheme !== 'none';
}

function* columns(): Sim<number> {
  try {
    return (yield* getWindowSize(0)).columns || 80;
  } catch (error) {
    if (isErrno(error)) return 80;
    throw error;
  }
}

const isFolder = (mode: number) => (mode & S_IFMT) === S_IFDIR;
const isProgram = (mode: number) => (mode & S_IFMT) === S_IFREG && (mode & 0o111) !== 0;
const sorted = (items: readonly Item[], w: Wishes) => [...items].sort((a, b) => compareEntries(a, b, w));

function* examine(t: Tool, path: string, name: string, follow: boolean): Sim<Item | undefined> {
  try {
    return { name, path, stat: yield* follow ? stat(path) : lstat(path) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.error(`${path}: ${error.message}`);
    return undefined;
  }
}

function* list(t: Tool, folders: readonly Item[], w: Wishes, titles: boolean, atTop: boolean): Sim<void> {
  let first = atTop;
  for (const folder of folders) {
    if (titles || w.has('R')) {
      yield* t.print(`${first ? '' : '\n'}${folder.path}:\n`);
      first = false;
    }
    const items = yield* read(t, folder.path, w);
    if (items === undefined) continue;
    if (w.format === 'long' || w.has('s')) yield* t.print(`total ${totalOf(items, w)}\n`);
    yield* t.print(yield* render(items, w));
    const below = items.filter((i) => isFolder(i.stat.mode) && i.name !== '.' && i.name !== '..');
    if (w.has('R') && below.length > 0) yield* list(t, sorted(below, w), w, titles, false);
  }
}

function* read(t: Tool, path: string, w: Wishes): Sim<readonly Item[] | undefined> {
  let names: string[];
  try {
    names = (yield* readdir(path)).map((entry) => entry.name);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.error(`can't open '${path}': ${error.message}`);
    return undefined;
  }
  if (w.has('a')) names.unshift('.', '..');
  else if (!w.has('A')) names = names.filter((name) => !name.startsWith('.'));
  const items: Item[] = [];
  for (const name of names) {
    const item = yield* examine(t, path.endsWith('/') ? path + name : `${path}/${name}`, name, w.has('L'));
    if (item) items.push(item);
  }
  return items;
}

function totalOf(items: readonly Item[], w: Wishes): string {
  const kib = Math.floor((items.reduce((sum, i) => sum + i.stat.blocks, 0) + 1) / 2);
  return w.has('h') ? humanReadable(kib * 1024, true).padEnd(7) : String(kib);
}

function* render(unsorted: readonly Item[], w: Wishes): Sim<string> {
  const items = sorted(unsorted, w);
  const cells: string[] = [];
  for (const item of items) cells.push(yield* cell(item, w));
  if (w.format === 'long' || w.format === 'single') return cells.map((text) => `${text}\n`).join('');
  const widest = Math.max(0, ...items.map((i) => textWidth(shown(i.name, w))));
  const width = widest + 2 + (w.has('i') ? 8 : 0) + (w.has('s') ? 5 : 0);
  const across = Math.max(1, Math.floor(w.width / width));
  const rows = Math.ceil(items.length / across);
  let out = '';
  for (let row = 0; row < rows; row++) {
    let line = '';
    let filled = 0;
    for (let column = 0; column < across; column++) {
      const i = w.format === 'across' ? row * across + column : column * rows + row;
      if (i >= items.length) continue;
      line += ' '.repeat(Math.max(0, column * width - filled)) + cells[i];
      filled = column * width + textWidth(plain(cells[i]));
    }
    out += `${line}\n`;
  }
  return out;
}

const plain = (text: string) => text.replace(/\x1b\[[\d;]*m/g, '');

/** Control characters become question marks. */
function shown(name: string, w: Wishes): string {
  const text = name.replace(/[\0-\x1f\x7f\udc80-\udcff]/gu, '?');
  return w.has('Q') ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

function* cell(item: Item, w: Wishes): Sim<string> {
  const { stat: s, path } = item;
  const link = w.format === 'long' && (s.mode & S_IFMT) === S_IFLNK ? yield* readlink(path) : undefined;
  let out = w.has('i') ? `${String(s.ino).padStart(7)} ` : '';
  if (w.has('s')) out += w.has('h') ? `${humanReadable(s.blocks * 512).padStart(7)} ` : `${String(Math.floor(s.blocks / 2)).padStart(6)} `;
  if (w.format === 'long') out += long(s, w);
  out += paint(shown(item.name, w), s.mode, w);
  let mode = s.mode;
  if (link !== undefined) {
    if (w.has('F') || w.has('p') || w.colours) mode = (yield* statOrNull(path))?.mode ?? 0;
    out += ` -> ${paint(shown(link, w), mode, w)}`;
  }
  return out + mark(mode, w);
}

function long(s: Stat, w: Wishes): string {
  const numeric = w.has('n');
  const user = (numeric ? String(s.uid) : w.users.userName(s.uid)).padEnd(8);
  const group = (numeric ? String(s.gid) : w.users.groupName(s.gid)).padEnd(8);
  const type = s.mode & S_IFMT;
  const size =
    type === S_IFCHR || type === S_IFBLK
      ? `${String(Math.floor(s.rdev / 256)).padStart(4)}, ${String(s.rdev % 256).padStart(3)}`
      : w.has('h')
        ? humanReadable(s.size).padStart(7)
        : String(s.size).padStart(9);
  return `${modeString(s.mode)} ${String(s.nlink).padStart(4)} ${w.has('g') ? '' : `${user} `}${group} ${size} ${time(s[w.time], w)} `;
}

function time(micros: number, w: Wishes): string {
  if (w.has('full-time')) return formatTime('%Y-%m-%d %H:%M:%S %z', micros, w.zone);
  const age = Math.floor(w.now / 1e6) - Math.floor(micros / 1e6);
  return formatTime(age < HALF_YEAR_S && age > -15 * 60 ? '%b %e %H:%M' : '%b %e  %Y', micros, w.zone);
}

function mark(mode: number, w: Wishes): string {
  if (!w.has('F') && !w.has('p')) return '';
  if (isFolder(mode)) return '/';
  if (!w.has('F')) return '';
  if (isProgram(mode)) return '*';
  return { [S_IFLNK]: '@', [S_IFIFO]: '|', [S_IFSOCK]: '=' }[mode & S_IFMT] ?? '';
}

const PAINT: Readonly<Record<number, string>> = {
  [S_IFIFO]: '0;35',
  [S_IFCHR]: '1;35',
  [S_IFDIR]: '1;34',
  [S_IFBLK]: '1;35',
  [S_IFREG]: '0;0',
  [S_IFLNK]: '1;36',
  [S_IFSOCK]: '1;35',
};

/** A link that leads nowhere is of no type, and red. */
function paint(text: string, mode: number, w: Wishes): string {
  if (!w.colours) return text;
  return `\x1b[${isProgram(mode) ? '1;32' : (PAINT[mode & S_IFMT] ?? '1;31')}m${text}\x1b[m`;
}
