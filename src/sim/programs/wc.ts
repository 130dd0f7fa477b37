import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, read, readText, S_IFMT, S_IFREG, statOrNull } from '../kernel/syscalls.ts';
import { textWidth } from '../lib/charWidth.ts';
import { Utf8Decoder } from '../lib/utf8.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { CHUNK, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'clLmw',
  long: { bytes: 'c', chars: 'm', lines: 'l', 'max-line-length': 'L', words: 'w', 'files0-from': 'files0:', total: 'total:' },
  usage: '[OPTION]... [FILE]...\n[OPTION]... --files0-from=F',
  about: 'Counts lines, words and bytes of each file, and in all if there are several.',
};

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

function* count(fd: number, onlyBytes: boolean): Sim<Counts> {
  const c: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
  const decoder = new Utf8Decoder();
  let inWord = false;
  let width = 0;
  const take = (text: string): void => {
    for (const char of text) {
      const code = char.codePointAt(0)!;
      const stray = code >= 0xdc80 && code <= 0xdcff;
      if (!stray) c.chars++;
      if (code === 10 || code === 13 || code === 12) {
        if (code === 10) c.lines++;
        if (width > c.longest) c.longest = width;
        width = 0;
        inWord = false;
      } else if (code === 9) {
        width += 8 - (width % 8);
        inWord = false;
      } else if (code === 32 || code === 11) {
        if (code === 32) width++;
        inWord = false;
      } else {
        if (!stray) width += code < 127 ? (code >= 32 ? 1 : 0) : textWidth(char);
        if (!inWord) c.words++;
        inWord = true;
      }
    }
  };
  for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) {
    c.bytes += chunk.length;
    if (!onlyBytes) take(decoder.decode(chunk));
  }
  if (!onlyBytes) take(decoder.flush());
  if (width > c.longest) c.longest = width;
  return c;
}

/** Counts lines, words, characters and bytes. */
export function* wc(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const none = !['l', 'w', 'm', 'c', 'L'].some((k) => o.has(k));
  const columns: (keyof Counts)[] = [];
  if (none || o.has('l')) columns.push('lines');
  if (none || o.has('w')) columns.push('words');
  if (o.has('m')) columns.push('chars');
  if (none || o.has('c')) columns.push('bytes');
  if (o.has('L')) columns.push('longest');
  const totalWhen = o.value('total') ?? 'auto';
  if (!['auto', 'always', 'never', 'only'].includes(totalWhen))
    throw new UsageError(`invalid argument ${quote(totalWhen)} for ${quote('--total')}`);
  let files = o.operands;
  const from = o.value('files0');
  if (from !== undefined) {
    if (files.length > 0) throw new UsageError(`extra operand ${quote(files[0])}\nfile operands cannot be combined with --files0-from`);
    files = (yield* readText(from === '-' ? '/dev/stdin' : from)).split('\0').filter((f) => f !== '');
  }
  const width = yield* numberWidth(t, files, columns);
  const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
  const row = (c: Counts, name: string | undefined): string =>
    `${columns.map((k) => String(c[k]).padStart(width)).join(' ')}${name === undefined ? '' : ` ${name}`}\n`;
  const onlyBytes = columns.length === 1 && columns[0] === 'bytes';
  for (const file of files.length === 0 ? [undefined] : files) {
    let fd = 0;
    const add = (c: Counts): void => {
      for (const k of ['lines', 'words', 'chars', 'bytes'] as const) total[k] += c[k];
      total.longest = Math.max(total.longest, c.longest);
    };
    try {
      if (file !== undefined) fd = yield* openInput(file);
      const c = yield* count(fd, onlyBytes);
      add(c);
      if (totalWhen !== 'only') yield* t.print(row(c, file === undefined ? undefined : file.includes('\n') ? fileName(file) : file));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (t.busybox) yield* t.error(error.code === 'EISDIR' ? `read error: ${error.message}` : `${file}: ${error.message}`);
      else yield* t.error(`${fileName(file ?? 'standard input')}: ${error.message}`);
      if (error.code === 'EISDIR' && totalWhen !== 'only')
        yield* t.print(row({ lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 }, file));
    } finally {
      if (fd !== 0) yield* close(fd);
    }
  }
  if (totalWhen === 'only') yield* t.print(`${columns.map((k) => String(total[k])).join(' ')}\n`);
  else if (totalWhen === 'always' || (totalWhen === 'auto' && files.length > 1)) yield* t.print(row(total, 'total'));
}

/** Columns as wide as the sizes of all files together need; 7 when a file is no regular one. */
function* numberWidth(t: Tool, files: readonly string[], columns: readonly string[]): Sim<number> {
  if (columns.length === 1 && files.length <= 1) return 1;
  if (t.busybox) return columns.length === 1 ? 1 : 9;
  if (files.length === 0) return 7;
  let size = 0;
  let minimum = 1;
  for (const file of files) {
    const info = file === '-' ? null : yield* statOrNull(file);
    if (info === null) {
      if (file === '-') minimum = 7;
    } else if ((info.mode & S_IFMT) === S_IFREG) size += info.size;
    else minimum = 7;
  }
  if (size > Number.MAX_SAFE_INTEGER) throw new Fatal('file sizes overflow');
  return Math.max(minimum, String(size).length);
}

export const program = tool('wc', wc);
