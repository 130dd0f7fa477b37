import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, type Stat } from '../../../kernel/syscalls.ts';
import { textWidth } from '../../../lib/charWidth.ts';
import { formatTime } from '../calendar.ts';
import { modeString } from '../mode.ts';
import { humanSize } from '../numbers.ts';
import { cStyle, escapeStyle, quoteAlways, shellEscape } from '../quote.ts';
import type { UserTable } from '../users.ts';
import { colourOf, targetColour } from './colours.ts';
import type { Entry } from './entry.ts';
import type { LsOptions } from './options.ts';

const HALF_YEAR = 31_556_952 * 500_000;

/** Turns entries into the lines that ls prints. */
export class LsLayout {
  readonly #o: LsOptions;
  readonly #users: UserTable | undefined;
  readonly #now: number;
  #painted = false;

  constructor(o: LsOptions, users: UserTable | undefined, now: number) {
    this.#o = o;
    this.#users = users;
    this.#now = now;
  }

  total(entries: readonly Entry[]): string {
    return this.#blocks(entries.reduce((sum, e) => sum + (e.unknown ? 0 : e.stat.blocks), 0));
  }

  render(entries: readonly Entry[]): string {
    if (entries.length === 0) return '';
    if (this.#o.long) return this.#long(entries);
    const o = this.#o;
    const prefix = this.#prefixes(entries);
    const cells = entries.map((e, i) => prefix[i] + this.#name(e));
    const widths = entries.map((e, i) => prefix[i].length + textWidth(this.quoted(e.name)) + this.#indicator(e).length);
    if (o.format === 'single') return cells.join(o.end) + o.end;
    if (o.format === 'commas') return commas(cells, widths, o.width);
    const pad = this.#quotePadding(entries);
    return columns(
      cells.map((c, i) => (pad && !/^['"$]/.test(this.quoted(entries[i].name)) ? ` ${c}` : c)),
      widths.map((w, i) => (pad && !/^['"$]/.test(this.quoted(entries[i].name)) ? w + 1 : w)),
      o.width,
      o.format === 'across',
    );
  }

  /** Names without quotes are set in by one where others have them, on a terminal. */
  #quotePadding(entries: readonly Entry[]): boolean {
    return this.#o.tty && this.#o.quoting === 'shell-escape' && entries.some((e) => /^['"]/.test(this.quoted(e.name)));
  }

  quoted(name: string): string {
    switch (this.#o.quoting) {
      case 'c':
        return cStyle(name);
      case 'escape':
        return escapeStyle(name);
      case 'shell':
      case 'shell-escape':
        return shellEscape(name);
      case 'shell-always':
      case 'shell-escape-always':
        return quoteAlways(name);
      case 'locale':
        return `‘${name}’`;
      default:
        return this.#o.hideControls ? name.replace(/[\0-\x1f\x7f\udc80-\udcff]/gu, '?') : name;
    }
  }

  #blocks(count: number): string {
    const bytes = count * 512;
    if (this.#o.human !== undefined) return humanSize(bytes, this.#o.human);
    return String(Math.ceil(bytes / (this.#o.blockSize ?? 1024)));
  }

  #prefixes(entries: readonly Entry[]): string[] {
    const o = this.#o;
    const pad = o.format !== 'commas';
    const inodes = entries.map((e) => (e.unknown ? '?' : String(e.stat.ino)));
    const blocks = entries.map((e) => (e.unknown ? '?' : this.#blocks(e.stat.blocks)));
    const iw = o.inode && pad ? Math.max(...inodes.map((s) => s.length)) : 0;
    const bw = o.blocks && pad ? Math.max(...blocks.map((s) => s.length)) : 0;
    return entries.map(
      (_, i) => (o.inode ? `${inodes[i].padStart(iw)} ` : '') + (o.blocks ? `${blocks[i].padStart(bw)} ` : '') + (o.context ? '? ' : ''),
    );
  }

  #paint(text: string, code: string | undefined): string {
    if (!this.#o.colour || code === undefined) return text;
    const lead = this.#painted ? '' : '\x1b[0m';
    this.#painted = true;
    return `${lead}\x1b[${code}m${text}\x1b[0m`;
  }

  #name(e: Entry): string {
    return this.#paint(this.quoted(e.name), colourOf(e)) + this.#indicator(e);
  }

  #mark(mode: number): string {
    const kind = this.#o.indicators;
    if (kind === 'none') return '';
    const type = mode & S_IFMT;
    if (type === S_IFDIR) return '/';
    if (kind === 'slash') return '';
    if (type === S_IFLNK) return '@';
    if (type === S_IFIFO) return '|';
    if (type === S_IFSOCK) return '=';
    return kind === 'classify' && type === S_IFREG && (mode & 0o111) !== 0 ? '*' : '';
  }

  #indicator(e: Entry): string {
    if (e.unknown || (this.#o.long && e.link !== undefined)) return '';
    return this.#mark(e.stat.mode);
  }

  #time(e: Entry): string {
    const o = this.#o;
    const when = e.stat[o.time];
    // A file that is younger than this run has been made meanwhile: GNU ls looks at the clock again.
    const recent = when > this.#now - HALF_YEAR && when <= this.#now + 1_000_000;
    let format: string;
    if (o.timeStyle === 'full-iso') format = '%Y-%m-%d %H:%M:%S.%N %z';
    else if (o.timeStyle === 'long-iso') format = '%Y-%m-%d %H:%M';
    else if (o.timeStyle === 'iso') format = recent ? '%m-%d %H:%M' : '%Y-%m-%d ';
    else if (o.timeStyle.startsWith('+')) {
      const [old, young = old] = o.timeStyle.slice(1).split('\n');
      format = recent ? young : old;
    } else format = recent ? '%b %e %H:%M' : '%b %e  %Y';
    return formatTime(format, when, o.zone);
  }

  #size(s: Stat): string {
    const type = s.mode & S_IFMT;
    if (type === S_IFCHR || type === S_IFBLK) return `${Math.floor(s.rdev / 256)}, ${s.rdev % 256}`;
    if (this.#o.human !== undefined) return humanSize(s.size, this.#o.human);
    return this.#o.blockSize === undefined ? String(s.size) : String(Math.ceil(s.size / this.#o.blockSize));
  }

  #long(entries: readonly Entry[]): string {
    const o = this.#o;
    const prefix = this.#prefixes(entries);
    const owner = (e: Entry): string => (e.unknown ? '?' : o.numeric ? String(e.stat.uid) : (this.#users?.userName(e.stat.uid) ?? ''));
    const group = (e: Entry): string => (e.unknown ? '?' : o.numeric ? String(e.stat.gid) : (this.#users?.groupName(e.stat.gid) ?? ''));
    const rows = entries.map((e) => ({
      links: e.unknown ? '?' : String(e.stat.nlink),
      owner: owner(e),
      group: group(e),
      size: e.unknown ? '?' : this.#size(e.stat),
      time: e.unknown ? '?' : this.#time(e),
    }));
    const width = (key: keyof (typeof rows)[number]): number => Math.max(...rows.map((r) => r[key].length));
    const w = { links: width('links'), owner: width('owner'), group: width('group'), size: width('size'), time: width('time') };
    const devices = entries.filter((e) => !e.unknown && ((e.stat.mode & S_IFMT) === S_IFCHR || (e.stat.mode & S_IFMT) === S_IFBLK));
    const minor = Math.max(0, ...devices.map((e) => String(e.stat.rdev % 256).length));
    const pad = this.#quotePadding(entries);
    return entries
      .map((e, i) => {
        const r = rows[i];
        const isDevice = devices.includes(e);
        const size = isDevice
          ? `${Math.floor(e.stat.rdev / 256)}, ${String(e.stat.rdev % 256).padStart(minor)}`.padStart(w.size)
          : r.size.padStart(w.size);
        const numeric = o.numeric ? (s: string, n: number) => s.padStart(n) : (s: string, n: number) => s.padEnd(n);
        const columns = [e.unknown ? '??????????' : modeString(e.stat.mode), r.links.padStart(w.links)];
        if (o.owner) columns.push(numeric(r.owner, w.owner));
        if (o.group) columns.push(numeric(r.group, w.group));
        columns.push(size, r.time.padStart(w.time));
        const space = pad && !/^['"$]/.test(this.quoted(e.name)) ? ' ' : '';
        return `${prefix[i]}${columns.join(' ')} ${space}${this.#name(e)}${this.#arrow(e)}${o.end}`;
      })
      .join('');
  }

  #arrow(e: Entry): string {
    if (e.link === undefined) return '';
    const text = this.quoted(e.link);
    if (e.target === undefined) return ` -> ${text}`;
    return ` -> ${this.#paint(text, targetColour(e.link, e.target.mode))}${this.#mark(e.target.mode)}`;
  }
}

function commas(cells: readonly string[], widths: readonly number[], width: number): string {
  let out = '';
  let at = 0;
  for (const [i, cell] of cells.entries()) {
    const room = widths[i] + (i < cells.length - 1 ? 1 : 0);
    if (i > 0) {
      if (width > 0 && at + 2 + room > width) {
        out += ',\n';
        at = 0;
      } else {
        out += ', ';
        at += 2;
      }
    }
    out += cell;
    at += widths[i];
  }
  return `${out}\n`;
}

/** As many columns as fit, each as wide as its longest cell and two blanks. */
function columns(cells: readonly string[], widths: readonly number[], width: number, across: boolean): string {
  const n = cells.length;
  const fits = (count: number): number[] | null => {
    const rows = Math.ceil(n / count);
    const sizes = new Array<number>(count).fill(0);
    for (let i = 0; i < n; i++) {
      const c = across ? i % count : Math.floor(i / rows);
      const last = c === count - 1;
      sizes[c] = Math.max(sizes[c], widths[i] + (last ? 0 : 2));
    }
    return width === 0 || sizes.reduce((a, b) => a + b, 0) < width ? sizes : null;
  };
  let count = width === 0 ? n : Math.min(n, Math.max(1, Math.floor(width / 3)));
  let sizes = fits(count);
  while (sizes === null && count > 1) sizes = fits(--count);
  sizes ??= [Math.max(...widths)];
  const rows = Math.ceil(n / count);
  let out = '';
  for (let r = 0; r < rows; r++) {
    let line = '';
    let gap = 0;
    for (let c = 0; c < count; c++) {
      const i = across ? r * count + c : c * rows + r;
      if (i >= n || (!across && r >= rows)) break;
      line += ' '.repeat(gap) + cells[i];
      gap = sizes[c] - widths[i];
    }
    out += `${line}\n`;
  }
  return out;
}
