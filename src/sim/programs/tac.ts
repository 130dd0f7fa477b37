import type { Sim } from '../kernel/sim.ts';
import { readAll } from '../kernel/syscalls.ts';
import { compileRegex } from '../lib/regex/regex.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { eachInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'brs:',
  long: { before: 'b', regex: 'r', separator: 's:' },
  usage: '[OPTION]... [FILE]...',
  about: 'Writes the lines of each file, last one first.',
};

/** Pieces with their separator behind them (or, `before`, in front). */
function pieces(text: string, o: { readonly separator: string; readonly regex: boolean; readonly before: boolean }): string[] {
  const out: string[] = [];
  let at = 0;
  const cut = (from: number, to: number): void => {
    if (o.before) {
      if (from > at || at === 0) out.push(text.slice(at, from));
      at = from;
    } else {
      out.push(text.slice(at, to));
      at = to;
    }
  };
  if (o.regex) {
    const re = compileRegex(o.separator, 'basic');
    for (let m = re.exec(text, 0); m !== null; m = re.exec(text, m.end + (m.end === m.start ? 1 : 0))) cut(m.start, m.end);
  } else
    for (let i = text.indexOf(o.separator); i >= 0; i = text.indexOf(o.separator, i + o.separator.length)) cut(i, i + o.separator.length);
  if (at < text.length) out.push(text.slice(at));
  return out;
}

/** Prints files backwards. */
export function* tac(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const separator = o.value('s') || '\n';
  yield* eachInput(t, o.operands, function* (fd) {
    const list = pieces(decodeUtf8(yield* readAll(fd)), { separator, regex: o.has('r'), before: o.has('b') });
    for (let i = list.length - 1; i >= 0; i--) if (list[i] !== '') yield* t.print(list[i]);
  });
}

export const program = tool('tac', tac);
