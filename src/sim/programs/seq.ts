import { pause, type Sim } from '../kernel/sim.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { formatDouble, parseSpec } from './lib/format.ts';
import { parseArguments } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: '+f:s:w',
  long: { format: 'f:', separator: 's:', 'equal-width': 'w' },
  usage: '[OPTION]... LAST\n[OPTION]... FIRST LAST\n[OPTION]... FIRST INCREMENT LAST',
  about: 'Prints numbers from FIRST to LAST, in steps of INCREMENT.',
};
const NUMBER = /^[ \t]*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?|0[xX][0-9a-fA-F]+|inf(inity)?)$/i;

const decimals = (text: string): number => {
  const m = /\.(\d*)/.exec(text);
  const e = /[eE]([-+]?\d+)/.exec(text);
  return Math.max(0, (m ? m[1].length : 0) - (e ? Number(e[1]) : 0));
};

/** Prints a sequence of numbers. Negative operands are no options. */
export function* seq(t: Tool): Sim<void> {
  let cut = t.args.findIndex((a, i) => /^-(\d|\.\d)/.test(a) && !(i > 0 && /^-[fs]$/.test(t.args[i - 1])));
  const first = t.args.findIndex((a, i) => !a.startsWith('-') && !(i > 0 && /^-[fs]$/.test(t.args[i - 1])));
  if (first >= 0 && (cut < 0 || first < cut)) cut = first;
  const args = cut < 0 ? t.args : [...t.args.slice(0, cut), ...(t.args.slice(0, cut).includes('--') ? [] : ['--']), ...t.args.slice(cut)];
  const o = parseArguments(args, SPEC);
  if (o.has('--help')) {
    yield* t.print(`Usage: ${t.name} [OPTION]... LAST\n`);
    return;
  }
  if (o.has('--version')) {
    yield* t.print('seq (GNU coreutils) 9.10\n');
    return;
  }
  const words = o.operands;
  if (words.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  if (words.length > 3) throw new UsageError(`extra operand ${quote(words[3])}`);
  for (const w of words)
    if (!NUMBER.test(w)) throw t.busybox ? new UsageError('') : new UsageError(`invalid floating point argument: ${quote(w)}`);
  const toNumber = (w: string): number => (/inf/i.test(w) ? (w.includes('-') ? -Infinity : Infinity) : Number(w.replace(/^\s*\+/, '')));
  const start = words.length > 1 ? words[0] : '1';
  const step = words.length > 2 ? words[1] : '1';
  const end = words[words.length - 1];
  const a = toNumber(start);
  const d = toNumber(step);
  const z = toNumber(end);
  if (d === 0) throw new UsageError(`invalid Zero increment value: ${quote(step)}`);
  const format = o.value('f');
  if (format !== undefined) {
    const at = format.replaceAll('%%', '__').indexOf('%');
    if (at < 0) throw new Fatal(`format ${quote(format)} has no % directive`);
    const spec = parseSpec(format, at, 'L');
    if (spec === null || !'aefgAEFG'.includes(spec.conversion))
      throw new Fatal(`format ${quote(format)} has unknown %${spec?.conversion ?? ''} directive`);
    if (o.has('w')) throw new UsageError('format string may not be specified when printing equal width strings');
  }
  const digits = Math.max(decimals(start), decimals(step));
  const shownDigits = digits;
  const render = (n: number): string => {
    if (format === undefined) return n.toFixed(shownDigits);
    const at = format.replaceAll('%%', '__').indexOf('%');
    const spec = parseSpec(format, at, 'L')!;
    const field = formatDouble(n, {
      flags: spec.flags,
      width: Number(spec.width ?? 0),
      precision: spec.precision as number | undefined,
      conversion: spec.conversion,
    });
    return format.slice(0, at).replaceAll('%%', '%') + field + format.slice(spec.end).replaceAll('%%', '%');
  };
  const glue = o.value('s') ?? '\n';
  const width = o.has('w') ? Math.max(render(a).length, (Number.isFinite(z) ? z.toFixed(Math.max(shownDigits, 0)) : '').length) : 0;
  const pad = (s: string): string => (s.startsWith('-') ? `-${s.slice(1).padStart(width - 1, '0')}` : s.padStart(width, '0'));
  const slack = Math.abs(d) * 1e-9;
  let printed = false;
  for (let i = 0; ; i++) {
    const n = a + i * d;
    if (d > 0 ? n > z + slack : n < z - slack) break;
    yield* t.print((printed ? glue : '') + (width > 0 ? pad(render(n)) : render(n)));
    printed = true;
    if (i % 1000 === 999) yield* pause();
  }
  if (printed) yield* t.print('\n');
}

export const program = tool('seq', seq);
