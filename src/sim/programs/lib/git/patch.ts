/** Differences as git prints them. */
import type { Sim } from '../../../kernel/sim.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { compareLines, type Hunk } from '../diff/myers.ts';
import { short } from './revision.ts';

export interface Side {
  readonly mode: string;
  readonly id: string;
  readonly data: Uint8Array;
}

/** A file that differs; a side that is not there is undefined. */
export interface Change {
  readonly path: string;
  /** Its name on the new side, if that is another. */
  readonly newPath?: string;
  readonly from: Side | undefined;
  readonly to: Side | undefined;
}

export interface Counted {
  readonly path: string;
  readonly added: number;
  readonly deleted: number;
  readonly binary: boolean;
  readonly bytes: readonly [number, number];
}

const CONTEXT = 3;
const NO_ID = '0000000';
const EMPTY = new Uint8Array(0);

const isBinary = (data: Uint8Array): boolean => data.subarray(0, 8000).includes(0);

function split(data: Uint8Array): { readonly lines: readonly string[]; readonly terminated: boolean } {
  const text = decodeUtf8(data);
  if (text === '') return { lines: [], terminated: true };
  const terminated = text.endsWith('\n');
  return { lines: (terminated ? text.slice(0, -1) : text).split('\n'), terminated };
}

function* hunksOf(a: ReturnType<typeof split>, b: ReturnType<typeof split>): Sim<Hunk[]> {
  const numbers = new Map<string, number>();
  const number = (side: ReturnType<typeof split>): number[] =>
    side.lines.map((line, i) => {
      const key = i === side.lines.length - 1 && !side.terminated ? `${line}\0` : line;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
  return yield* compareLines(number(a), number(b));
}

const COLOURS = { head: '1', hunk: '36', add: '32', delete: '31' } as const;

/** One file's patch with its header. */
export function* formatPatch(change: Change, colour: boolean): Sim<string> {
  const paint = (kind: keyof typeof COLOURS, text: string): string => (colour ? `\x1b[${COLOURS[kind]}m${text}\x1b[m` : text);
  const { path, newPath = path, from, to } = change;
  const head = [`diff --git a/${path} b/${newPath}`];
  if (from?.id === to?.id && path !== newPath) head.push('similarity index 100%', `rename from ${path}`, `rename to ${newPath}`);
  if (from === undefined) head.push(`new file mode ${to?.mode}`);
  else if (to === undefined) head.push(`deleted file mode ${from.mode}`);
  else if (from.mode !== to.mode) head.push(`old mode ${from.mode}`, `new mode ${to.mode}`);
  const ids = `${from ? short(from.id) : NO_ID}..${to ? short(to.id) : NO_ID}`;
  if (from?.id !== to?.id) head.push(`index ${ids}${from && to && from.mode === to.mode ? ` ${to.mode}` : ''}`);
  const [old, now] = [from?.data ?? EMPTY, to?.data ?? EMPTY];
  const names = [from === undefined ? '/dev/null' : `a/${path}`, to === undefined ? '/dev/null' : `b/${newPath}`];
  const headText = (): string => head.map((line) => `${paint('head', line)}\n`).join('');
  if (from?.id === to?.id) return headText();
  if (isBinary(old) || isBinary(now)) return `${headText()}Binary files ${names[0]} and ${names[1]} differ\n`;
  const [a, b] = [split(old), split(now)];
  const hunks = yield* hunksOf(a, b);
  if (hunks.length === 0) return headText();
  // A name with blanks is ended by a tab, so that patch(1) finds its end.
  const ended = (name: string): string => (name.includes(' ') ? `${name}\t` : name);
  head.push(`--- ${ended(names[0])}`, `+++ ${ended(names[1])}`);
  return headText() + unified(a, b, hunks, paint);
}

function unified(
  a: ReturnType<typeof split>,
  b: ReturnType<typeof split>,
  hunks: readonly Hunk[],
  paint: (kind: keyof typeof COLOURS, text: string) => string,
): string {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1);
    if (last && hunk.a0 - last[last.length - 1].a1 <= 2 * CONTEXT) last.push(hunk);
    else groups.push([hunk]);
  }
  const span = (start: number, end: number): string =>
    end - start === 1 ? `${start + 1}` : `${end === start ? start : start + 1},${end - start}`;
  const line = (side: ReturnType<typeof split>, i: number, mark: string, kind?: 'add' | 'delete'): string => {
    const text = kind ? paint(kind, mark + side.lines[i]) : mark + side.lines[i];
    return `${text}\n${i === side.lines.length - 1 && !side.terminated ? '\\ No newline at end of file\n' : ''}`;
  };
  let out = '';
  for (const group of groups) {
    const last = group[group.length - 1];
    const a0 = Math.max(0, group[0].a0 - CONTEXT);
    const b0 = Math.max(0, group[0].b0 - CONTEXT);
    const a1 = Math.min(a.lines.length, last.a1 + CONTEXT);
    const b1 = Math.min(b.lines.length, last.b1 + CONTEXT);
    const within = a.lines.slice(0, a0).findLast((l) => /^[A-Za-z_$]/.test(l));
    out += `${paint('hunk', `@@ -${span(a0, a1)} +${span(b0, b1)} @@`)}${within === undefined ? '' : ` ${within.slice(0, 80).trimEnd()}`}\n`;
    let i = a0;
    for (const h of group) {
      for (; i < h.a0; i++) out += line(a, i, ' ');
      for (; i < h.a1; i++) out += line(a, i, '-', 'delete');
      for (let j = h.b0; j < h.b1; j++) out += line(b, j, '+', 'add');
    }
    for (; i < a1; i++) out += line(a, i, ' ');
  }
  return out;
}

/** `src/{a => b}/c`, as summaries name a renamed file. */
export function renameText(from: string, to: string): string {
  const [a, b] = [from.split('/'), to.split('/')];
  let start = 0;
  while (start < a.length - 1 && start < b.length - 1 && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start - 1 && end < b.length - start - 1 && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  if (start === 0 && end === 0) return `${from} => ${to}`;
  const middle = (parts: readonly string[]): string => parts.slice(start, parts.length - end).join('/');
  const head = a
    .slice(0, start)
    .map((p) => `${p}/`)
    .join('');
  const tail = a
    .slice(a.length - end)
    .map((p) => `/${p}`)
    .join('');
  return `${head}{${middle(a)} => ${middle(b)}}${tail}`;
}

export function* countLines(change: Change): Sim<Counted> {
  const { from, to } = change;
  const path = change.newPath === undefined ? change.path : renameText(change.path, change.newPath);
  const [old, now] = [from?.data ?? EMPTY, to?.data ?? EMPTY];
  const bytes = [old.length, now.length] as const;
  if (isBinary(old) || isBinary(now)) return { path, added: 0, deleted: 0, binary: true, bytes };
  let [added, deleted] = [0, 0];
  for (const h of yield* hunksOf(split(old), split(now))) {
    added += h.b1 - h.b0;
    deleted += h.a1 - h.a0;
  }
  return { path, added, deleted, binary: false, bytes };
}

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** ` 2 files changed, 3 insertions(+), 1 deletion(-)` */
export function summary(counts: readonly Counted[]): string {
  const added = counts.reduce((n, c) => n + c.added, 0);
  const deleted = counts.reduce((n, c) => n + c.deleted, 0);
  let text = ` ${plural(counts.length, 'file')} changed`;
  if (added > 0 || deleted === 0) text += `, ${plural(added, 'insertion')}(+)`;
  if (deleted > 0 || added === 0) text += `, ${plural(deleted, 'deletion')}(-)`;
  return `${text}\n`;
}

/** `--stat`: a bar per file, for a screen of 80 columns. */
export function formatStat(counts: readonly Counted[]): string {
  if (counts.length === 0) return '';
  const nameWidth = Math.min(50, Math.max(...counts.map((c) => c.path.length)));
  const most = Math.max(...counts.map((c) => c.added + c.deleted));
  const binary = counts.some((c) => c.binary);
  const numberWidth = Math.max(String(most).length, binary ? 3 : 0);
  const barWidth = 80 - nameWidth - numberWidth - 6;
  let out = '';
  for (const c of counts) {
    const name = c.path.length > nameWidth ? `...${c.path.slice(c.path.length - nameWidth + 3)}` : c.path.padEnd(nameWidth);
    if (c.binary) {
      out += ` ${name} | ${'Bin'.padStart(numberWidth)} ${c.bytes[0]} -> ${c.bytes[1]} bytes\n`;
      continue;
    }
    const total = c.added + c.deleted;
    let [plus, minus] = [c.added, c.deleted];
    if (most > barWidth) {
      const scaled = (n: number): number => (n === 0 ? 0 : 1 + Math.floor((n * (barWidth - 1)) / most));
      const width = scaled(total);
      plus = c.added < c.deleted ? scaled(c.added) : width - scaled(c.deleted);
      minus = width - plus;
    }
    out += ` ${name} | ${String(total).padStart(numberWidth)} ${'+'.repeat(plus)}${'-'.repeat(minus)}`.trimEnd() + '\n';
  }
  return out + summary(counts);
}
