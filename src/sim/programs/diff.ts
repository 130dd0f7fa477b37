import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { isatty } from '../kernel/syscalls.ts';
import { Comparison } from './lib/diff/comparison.ts';
import type { DiffPlan } from './lib/diff/options.ts';
import { hint } from './lib/diff/usage.ts';
import { UsageError } from './lib/failure.ts';
import { type OptionSpec, type ParsedOptions, parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: '0::1::2::3::4::5::6::7::8::9::abBcC:dD:eEF:hHiI:lL:nNpPqrsS:tTuU:wW:x:X:yZ',
  long: {
    text: 'a',
    'ignore-space-change': 'b',
    'ignore-blank-lines': 'B',
    context: 'C2::',
    minimal: 'd',
    ed: 'e',
    'ignore-tab-expansion': 'E',
    'show-function-line': 'F:',
    'speed-large-files': 'H',
    'ignore-case': 'i',
    'ignore-matching-lines': 'I:',
    paginate: 'l',
    label: 'L:',
    rcs: 'n',
    'new-file': 'N',
    'show-c-function': 'p',
    'unidirectional-new-file': 'P',
    brief: 'q',
    recursive: 'r',
    'report-identical-files': 's',
    'starting-file': 'S:',
    'expand-tabs': 't',
    'initial-tab': 'T',
    unified: 'U2::',
    'ignore-all-space': 'w',
    width: 'W:',
    exclude: 'x:',
    'exclude-from': 'X:',
    'side-by-side': 'y',
    'ignore-trailing-space': 'Z',
    normal: 'normal',
    'left-column': 'leftc',
    'suppress-common-lines': 'supp',
    'strip-trailing-cr': 'cr',
    color: 'color::',
    'no-dereference': 'nod',
    'from-file': 'from:',
    'to-file': 'to:',
    palette: 'palette:',
    'no-ignore-file-name-case': 'nif',
    'ignore-file-name-case': 'ifc',
    horizon: 'hl:',
    'horizon-lines': 'hl:',
    tabsize: 'ts:',
  },
  usage: '[OPTION]... FILES',
  about: 'Compares files line by line.',
  version: 'GNU diffutils) 3.12',
};

/** Compares files and trees. */
export function* diff(t: Tool): Sim<number> {
  let o: ParsedOptions;
  try {
    o = yield* parseOptions(t, SPEC);
  } catch (error) {
    if (error instanceof UsageError && !t.busybox) return yield* hint(t, error.message);
    throw error;
  }
  const words = [...o.operands];
  if (words.length === 0) return yield* hint(t, `missing operand after ${quote(t.args.at(-1) ?? t.name)}`);
  if (words.length === 1) return yield* hint(t, `missing operand after ${quote(words[0])}`);
  if (words.length > 2) return yield* hint(t, `extra operand ${quote(words[2])}`);
  const plan = yield* readPlan(t, o);
  return yield* new Comparison(t, plan).pair(words[0], words[1], true);
}

function* readPlan(t: Tool, o: ParsedOptions): Sim<DiffPlan> {
  let style: DiffPlan['style'] = t.busybox ? 'unified' : 'normal';
  let context = 3;
  const number = function* (text: string): Sim<number> {
    if (!/^\d+$/.test(text)) yield* hint(t, `invalid context length ${quote(text)}`);
    return Number(text);
  };
  for (const [key, value] of o.options) {
    if (key === 'u' || key === 'U' || key === 'U2') {
      style = 'unified';
      if (value !== '') context = yield* number(value);
    } else if (key === 'c' || key === 'C' || key === 'C2') {
      style = 'context';
      if (value !== '') context = yield* number(value);
    } else if (/^\d$/.test(key)) context = Number(key + value);
    else if (key === 'e') style = 'ed';
    else if (key === 'n') style = 'rcs';
    else if (key === 'y') style = 'side';
    else if (key === 'normal') style = 'normal';
  }
  const when = o.value('color');
  const options = t.args
    .slice(0, t.args.indexOf('--') < 0 ? undefined : t.args.indexOf('--'))
    .filter((a, i) => (a.startsWith('-') && a !== '-') || /^-[CDFILSUWxX]$/.test(t.args[i - 1] ?? ''));
  return {
    style,
    contextLines: context,
    labels: o.options.filter(([k]) => k === 'L').map(([, v]) => v),
    brief: o.has('q'),
    reportSame: o.has('s'),
    recursive: o.has('r'),
    newFile: o.has('N'),
    unidirectionalNew: o.has('P'),
    ignoreCase: o.has('i'),
    ignoreAllSpace: o.has('w'),
    ignoreSpaceChange: o.has('b'),
    ignoreTrailingSpace: o.has('Z'),
    ignoreBlankLines: o.has('B'),
    stripCr: o.has('cr'),
    ignoreMatching: o.options.filter(([k]) => k === 'I').map(([, v]) => v),
    text: o.has('a'),
    width: Number(o.value('W') ?? 130),
    suppressCommon: o.has('supp'),
    leftColumn: o.has('leftc'),
    colour: o.has('color') && when !== 'never' && (when !== 'auto' || (yield* isatty(1))),
    exclude: o.options.filter(([k]) => k === 'x').map(([, v]) => v),
    initialTab: o.has('T'),
    expandTabs: o.has('t'),
    showFunction: o.has('p') || o.has('F'),
    optionText: options.map((a) => ` ${/^[\w./=+-]+$/.test(a) ? a : `'${a}'`}`).join(''),
  };
}

/** diff [OPTION]... FILES */
export const program: Program = tool('diff', diff, { failStatus: 2 });
