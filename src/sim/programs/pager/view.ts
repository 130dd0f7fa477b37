/** What less shows at the moment, of which file and how. */
import type { Sim } from '../../kernel/sim.ts';
import type { Regex } from '../../lib/regex/regex.ts';
import { KeyReader } from '../editor/keys.ts';
import { Screen } from '../editor/screen.ts';
import { layOut } from './layout.ts';
import type { PagerOptions } from './options.ts';
import type { LineSource } from './source.ts';

/** The state of one run of the pager on a terminal. */
export class View {
  readonly options: PagerOptions;
  readonly files: readonly string[];
  source: LineSource;
  readonly keysFd: number;
  readonly keys: KeyReader;

  readonly screen = new Screen(1);
  index = 0;
  /** The first line shown, among those that are not filtered out. */
  top = 0;
  /** Columns hidden on the left. */
  shift = 0;
  pattern: Regex | undefined;
  /** The last search went forward, or backward. */
  direction: 1 | -1 = 1;
  /** The last search was for lines without the pattern. */
  invert = false;
  /** The & pattern. */
  filter: Regex | undefined;
  message = '';
  /** No key was pressed since the file was opened. */
  fresh = true;
  marks = new Map<string, number>();
  /** Where we were before the last jump. */
  last = 0;
  /** Keys to be pressed before those that are typed. */
  queue: string[] = [];
  /** How often the end was reached. */
  endsSeen = 0;

  constructor(options: PagerOptions, files: readonly string[], first: LineSource, keysFd: number) {
    this.options = options;
    this.files = files;
    this.source = first;
    this.keysFd = keysFd;
    this.keys = new KeyReader(keysFd);
    this.queue = [...options.first].map((c) => (c === '\r' ? 'Enter' : c));
  }

  /** The name of the next key; null at the end of input. */
  *key(): Sim<string | null> {
    return this.queue.shift() ?? (yield* this.keys.next())?.name ?? null;
  }

  /** Rows of the window that show text. */
  get page(): number {
    return this.screen.size.rows - 1;
  }

  /** Indices of the lines that are shown: all, or those that fit the & pattern. */
  visible(): readonly number[] {
    const all: number[] = [];
    const { lines } = this.source;
    for (let i = 0; i < lines.length; i++) {
      if (this.filter && !this.filter.test(plain(lines[i]))) continue;
      if (this.options.squeeze && lines[i] === '' && i > 0 && lines[i - 1] === '') continue;
      all.push(i);
    }
    return all;
  }

  /** The rows of a line; `number` is for -N. */
  rowsOf(line: string, number?: number): readonly string[] {
    const gutter = this.options.numbers && number !== undefined ? `${String(number).padStart(7)} ` : '';
    const marks: (readonly [number, number])[] = [];
    if (this.pattern && this.options.highlight && !this.invert) {
      for (let at = 0; at <= line.length; ) {
        const hit = this.pattern.exec(line, at);
        if (!hit) break;
        if (hit.end > hit.start) marks.push([hit.start, hit.end]);
        at = Math.max(hit.end, hit.start + 1);
      }
    }
    const rows = layOut(
      line,
      {
        columns: this.screen.size.columns - gutter.length,
        chop: this.options.chop || this.shift > 0,
        shift: this.shift,
        colours: this.options.colours,
      },
      marks,
    );
    return gutter === '' ? rows : rows.map((row, i) => `${i === 0 ? `\x1b[1m${gutter}\x1b[m` : ' '.repeat(gutter.length)}${row}`);
  }

  /** The place at which the last window begins. */
  endTop(): number {
    const visible = this.visible();
    let left = this.page;
    let at = visible.length;
    while (at > 0) {
      left -= this.rowsOf(this.source.lines[visible[at - 1]], visible[at - 1] + 1).length;
      if (left < 0) break;
      at--;
    }
    return at;
  }

  /** Keeps the place for `''`. */
  remember(): void {
    this.last = this.top;
  }
}

/** A line without its colours. */
export const plain = (line: string): string => line.replace(/\x1b\[[0-9;:]*m/g, '');
