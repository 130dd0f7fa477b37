import type { Sim } from '../kernel/sim.ts';
import { compileRegex } from '../lib/regex/regex.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { eachInput, LineReader } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'b:d:f:h:i:l:n:ps:v:w:',
  long: {
    'body-numbering': 'b:',
    'section-delimiter': 'd:',
    'footer-numbering': 'f:',
    'header-numbering': 'h:',
    'line-increment': 'i:',
    'join-blank-lines': 'l:',
    'number-format': 'n:',
    'no-renumber': 'p',
    'number-separator': 's:',
    'starting-line-number': 'v:',
    'number-width': 'w:',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Numbers the lines of the files.',
};

/** Numbers lines, by sections. */
export function* nl(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const styles = { h: o.value('h') ?? 'n', b: o.value('b') ?? 't', f: o.value('f') ?? 'n' };
  for (const [key, name] of [
    ['h', 'header'],
    ['b', 'body'],
    ['f', 'footer'],
  ] as const) {
    if (!/^([atn]|p.*)$/s.test(styles[key])) throw new UsageError(`invalid ${name} numbering style: ${quote(styles[key])}`);
  }
  const whole = (key: string, otherwise: number, what: string): number => {
    const text = o.value(key);
    if (text === undefined) return otherwise;
    if (!/^-?\d+$/.test(text)) throw new Fatal(`invalid ${what}: ${quote(text)}`);
    return Number(text);
  };
  const width = whole('w', 6, 'line number field width');
  const step = whole('i', 1, 'line number increment');
  const start = whole('v', 1, 'starting line number');
  const blanks = whole('l', 1, 'line number of blank lines');
  const kind = o.value('n') ?? 'rn';
  if (!['ln', 'rn', 'rz'].includes(kind)) throw new UsageError(`invalid line numbering format: ${quote(kind)}`);
  const separator = o.value('s') ?? '\t';
  const mark = o.value('d') ?? '\\:';
  const pair = mark.length === 1 ? `${mark}:` : mark;
  const format = (n: number): string => {
    if (kind === 'ln') return String(n).padEnd(width);
    if (kind === 'rz') return n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0');
    return String(n).padStart(width);
  };
  let n = start;
  let section: 'h' | 'b' | 'f' = 'b';
  let empty = 0;
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      const times = line === pair.repeat(3) ? 'h' : line === pair.repeat(2) ? 'b' : line === pair ? 'f' : undefined;
      if (times !== undefined) {
        section = times;
        if (!o.has('p')) n = start;
        yield* t.print('\n');
        continue;
      }
      const style = styles[section];
      let numbered =
        style === 'a' || (style === 't' && line !== '') || (style[0] === 'p' && compileRegex(style.slice(1), 'basic').test(line));
      if (style === 'a' && blanks > 1) {
        empty = line === '' ? empty + 1 : 0;
        numbered = line !== '' || empty === blanks;
        if (empty === blanks) empty = 0;
      }
      if (numbered) {
        yield* t.print(`${format(n)}${separator}${line}\n`);
        n += step;
      } else yield* t.print(`${' '.repeat(width + separator.length)}${line}\n`);
    }
  });
}

export const program = tool('nl', nl);
