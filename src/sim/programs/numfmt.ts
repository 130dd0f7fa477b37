import type { Sim } from '../kernel/sim.ts';
import { pow } from '../lib/math/exponential.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { LineReader } from './lib/input.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'd:z',
  long: {
    delimiter: 'd:',
    field: 'field:',
    format: 'format:',
    from: 'from:',
    'from-unit': 'from-unit:',
    grouping: 'grouping',
    header: 'header::',
    invalid: 'invalid:',
    padding: 'padding:',
    round: 'round:',
    suffix: 'suffix:',
    to: 'to:',
    'to-unit': 'to-unit:',
    'unit-separator': 'separator:',
    'zero-terminated': 'z',
    debug: 'debug',
  },
  usage: '[OPTION]... [NUMBER]...',
  about: 'Rewrites numbers from and to forms that people read.',
};

const LETTERS = 'KMGTPEZYRQ';
type Scale = 'none' | 'auto' | 'si' | 'iec' | 'iec-i';
type Round = 'up' | 'down' | 'from-zero' | 'towards-zero' | 'nearest';

interface Plan {
  readonly from: Scale;
  readonly to: Scale;
  readonly fromUnit: number;
  readonly toUnit: number;
  readonly round: Round;
  readonly padding: number;
  readonly suffix: string;
  readonly separator: string;
  readonly before: string;
  readonly after: string;
  readonly width: number;
  readonly zero: boolean;
  readonly precision: number | undefined;
  readonly grouping: boolean;
  readonly delimiter: string | undefined;
  readonly fields: (n: number) => boolean;
  readonly invalid: 'abort' | 'fail' | 'warn' | 'ignore';
}

/** A number that cannot be read: the message, and the exit status 2. */
class Invalid extends Error {}

function choice<T extends string>(o: ParsedOptions, key: string, all: readonly T[], otherwise: T): T {
  const given = o.value(key);
  if (given === undefined) return otherwise;
  const found = all.find((word) => word === given) ?? all.find((word) => word.startsWith(given));
  if (!found) {
    throw new UsageError(
      `invalid argument ${quote(given)} for ${quote(`--${key}`)}\nValid arguments are:\n${all.map((word) => `  - ${quote(word)}`).join('\n')}`,
    );
  }
  return found;
}

function unit(o: ParsedOptions, key: string): number {
  const text = o.value(key);
  if (text === undefined) return 1;
  const match = /^(\d+)?(?:([KkMGTPEZY])(i?))?$/.exec(text);
  if (!match || text === '' || match[1] === '0') throw new Fatal(`invalid unit size: ${quote(text)}`);
  const base = match[3] ? 1024 : 1000;
  return Number(match[1] ?? 1) * (match[2] ? pow(base, LETTERS.indexOf(match[2].toUpperCase()) + 1) : 1);
}

function fieldTest(text: string): (n: number) => boolean {
  if (text === '-') return () => true;
  const ranges = text.split(',').map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!match || part === '' || part === '-') throw new UsageError(`invalid field value ${quote(part)}`);
    const low = match[1] === '' ? 1 : Number(match[1]);
    if (low === 0) throw new UsageError('fields are numbered from 1');
    return [low, match[2] === '' ? low : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])];
  });
  return (n) => ranges.some(([low, high]) => n >= low && n <= high);
}

function readPlan(o: ParsedOptions): Plan {
  const format = o.value('format') ?? '%f';
  const match = /^((?:[^%]|%%)*)%([-0' ]*)(\d*)(?:\.(\d*))?f((?:[^%]|%%)*)$/.exec(format);
  if (!match) {
    if (!/%/.test(format.replaceAll('%%', ''))) throw new Fatal(`format ${quote(format)} has no % directive`);
    throw new Fatal(`invalid format ${quote(format)}, directive must be %[0]['][-][N][.][N]f`);
  }
  const padding = o.value('padding');
  if (padding !== undefined && (!/^-?\d+$/.test(padding) || Number(padding) === 0))
    throw new Fatal(`invalid padding value ${quote(padding)}`);
  const delimiter = o.value('d');
  if (delimiter !== undefined && [...delimiter].length > 1) throw new Fatal('the delimiter must be a single character');
  const width = Number(match[3] || 0);
  return {
    from: choice<Scale>(o, 'from', ['none', 'auto', 'si', 'iec', 'iec-i'], 'none'),
    to: choice<Scale>(o, 'to', ['none', 'si', 'iec', 'iec-i'], 'none'),
    fromUnit: unit(o, 'from-unit'),
    toUnit: unit(o, 'to-unit'),
    round: choice<Round>(o, 'round', ['up', 'down', 'from-zero', 'towards-zero', 'nearest'], 'from-zero'),
    padding: padding === undefined ? (match[2].includes('-') ? -width : width) : Number(padding),
    suffix: o.value('suffix') ?? '',
    separator: o.value('separator') ?? '',
    before: match[1].replaceAll('%%', '%'),
    after: match[5].replaceAll('%%', '%'),
    width,
    zero: match[2].includes('0'),
    precision: match[4] === undefined ? undefined : Number(match[4]),
    grouping: o.has('grouping') || match[2].includes("'"),
    delimiter,
    fields: fieldTest(o.value('field') ?? '1'),
    invalid: choice(o, 'invalid', ['abort', 'fail', 'warn', 'ignore'], 'abort'),
  };
}

function parseNumber(text: string, p: Plan): { readonly value: number; readonly digits: number } {
  const bare = p.suffix !== '' && text.endsWith(p.suffix) ? text.slice(0, -p.suffix.length) : text;
  const match = /^(-?)(\d*)(?:\.(\d*))?\s?(.*)$/s.exec(bare);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) throw new Invalid(`invalid number: ${quote(text)}`);
  let value = Number(`${match[1]}${match[2] || '0'}.${match[3] || '0'}`);
  const digits = match[3]?.length ?? 0;
  const rest = match[4];
  if (rest === '') {
    if (p.from === 'none' && digits > 0 && match[2] === '' && match[3] === '') throw new Invalid(`invalid number: ${quote(text)}`);
    return { value: value * p.fromUnit, digits };
  }
  const power = LETTERS.indexOf(rest[0] === 'k' ? 'K' : rest[0]) + 1;
  if (power === 0) throw new Invalid(`invalid suffix in input: ${quote(text)}`);
  if (p.from === 'none') throw new Invalid(`rejecting suffix in input: ${quote(text)} (consider using --from)`);
  let after = rest.slice(1);
  let base = p.from === 'si' ? 1000 : 1024;
  if (p.from === 'auto') {
    base = after.startsWith('i') ? 1024 : 1000;
    if (after.startsWith('i')) after = after.slice(1);
  } else if (p.from === 'iec-i') {
    if (!after.startsWith('i')) throw new Invalid(`missing 'i' suffix in input: ${quote(text)} (e.g Ki/Mi/Gi)`);
    after = after.slice(1);
  }
  if (after !== '') throw new Invalid(`invalid suffix in input: ${quote(text)}`);
  value *= pow(base, power);
  return { value: value * p.fromUnit, digits: 0 };
}

function rounded(value: number, how: Round): number {
  const near = Math.abs(value - Math.round(value)) < 1e-9 * Math.max(1, Math.abs(value)) ? Math.round(value) : value;
  switch (how) {
    case 'up':
      return Math.ceil(near);
    case 'down':
      return Math.floor(near);
    case 'towards-zero':
      return Math.trunc(near);
    case 'nearest':
      return Math.sign(near) * Math.round(Math.abs(near));
    default:
      return Math.sign(near) * Math.ceil(Math.abs(near));
  }
}

function formatNumber(input: number, digits: number, p: Plan): string {
  let value = input / p.toUnit;
  let text: string;
  if (p.to === 'none') {
    const precision = p.precision ?? digits;
    const factor = pow(10, precision);
    text = (rounded(value * factor, p.round) / factor).toFixed(precision);
    if (p.grouping) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, '');
  } else {
    const base = p.to === 'si' ? 1000 : 1024;
    let power = 0;
    while (Math.abs(value) >= base && power < LETTERS.length) {
      value /= base;
      power++;
    }
    // One digit after the point below ten, none above, unless the format says how many.
    const places = p.precision ?? (Math.abs(value) < 10 && power > 0 ? 1 : 0);
    let shown = rounded(value * pow(10, places), p.round) / pow(10, places);
    if (Math.abs(shown) >= base) {
      shown /= base;
      power++;
    }
    const show = p.precision ?? (power > 0 && Math.abs(shown) < 10 ? 1 : 0);
    const letter = power === 0 ? '' : p.to === 'si' && power === 1 ? 'k' : LETTERS[power - 1];
    text = `${shown.toFixed(show)}${power > 0 ? p.separator : ''}${letter}${power > 0 && p.to === 'iec-i' ? 'i' : ''}`;
  }
  text += p.suffix;
  if (p.zero && p.width > text.length)
    text = text.startsWith('-') ? `-${text.slice(1).padStart(p.width - 1, '0')}` : text.padStart(p.width, '0');
  const width = Math.abs(p.padding);
  return p.before + (p.padding < 0 ? text.padEnd(width) : text.padStart(width)) + p.after;
}

/** numfmt(1). */
export function* numfmt(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const plan = readPlan(o);
  let bad = false;
  const convert = function* (text: string): Sim<string> {
    try {
      const { value, digits } = parseNumber(text, plan);
      return formatNumber(value, digits, plan);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      if (plan.invalid === 'abort') throw new Fatal(error.message, 2);
      if (plan.invalid !== 'ignore') yield* t.warn(error.message);
      if (plan.invalid === 'fail') bad = true;
      return text;
    }
  };
  const line = function* (text: string): Sim<void> {
    const parts = plan.delimiter === undefined ? (text.match(/\s*\S+|\s+$/g) ?? []) : text.split(plan.delimiter);
    const out: string[] = [];
    for (const [i, part] of parts.entries()) {
      if (!plan.fields(i + 1) || part.trim() === '') out.push(part);
      else if (plan.delimiter !== undefined) out.push(yield* convert(part));
      else {
        // Blanks before a number are its room: the new one is set to the right in it.
        const lead = /^\s*/.exec(part)![0];
        const made = yield* convert(part.trimStart());
        const gap = i > 0 ? 1 : 0;
        out.push(
          lead.length > gap && plan.padding === 0 ? lead.slice(0, gap) + made.padStart(part.length - gap) : lead.slice(0, gap) + made,
        );
      }
    }
    yield* t.print(`${out.join(plan.delimiter ?? '')}${o.has('z') ? '\0' : '\n'}`);
  };
  if (o.operands.length > 0) for (const word of o.operands) yield* line(word);
  else {
    const reader = new LineReader(0, o.has('z') ? '\0' : '\n');
    let header = o.has('header') ? Number(o.value('header') || 1) : 0;
    for (let text = yield* reader.next(); text !== null; text = yield* reader.next()) {
      if (header-- > 0) yield* t.print(`${text}\n`);
      else yield* line(text);
    }
  }
  return bad ? 2 : 0;
}

export const program = tool('numfmt', numfmt);
