/** fmt.Sprintf for the verbs that templates use. */
import { goQuote } from '../../../lib/goQuote.ts';
import { formatG } from '../../../lib/goSize.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import type { GoValue } from './value.ts';
import { GoFloat, GoNamed, printFloat, printValue, typeOf } from './value.ts';

const VERB = /%([-+# 0]*)(?:\[(\d+)\])?(\d+|\*)?(?:\.(\d+|\*)?)?(?:\[(\d+)\])?([\s\S]|$)/gu;

/** How one value is to be written. */
interface Directive {
  readonly verb: string;
  /** Some of '+-# 0'. */
  readonly flags: string;
  readonly precision: number | undefined;
}

export function goPrintf(format: string, args: readonly GoValue[]): string {
  let next = 0;
  let reordered = false;
  const at = (index: string | undefined): void => {
    if (index === undefined) return;
    next = Number(index) - 1;
    reordered = true;
  };
  const out = format.replace(VERB, (whole, flags: string, first, widthText, precisionText, last, verb: string) => {
    if (verb === '%') return '%';
    if (verb === '') return '%!(NOVERB)';
    at(first);
    const width = widthText === '*' ? Number(args[next++]) : Number(widthText ?? 0);
    const precision = whole.includes('.') ? (precisionText === '*' ? Number(args[next++]) : Number(precisionText ?? 0)) : undefined;
    at(last);
    if (next < 0 || (reordered && next >= args.length)) return `%!${verb}(BADINDEX)`;
    if (next >= args.length) return `%!${verb}(MISSING)`;
    return padded(formatOne({ verb, flags, precision }, args[next++]), width, flags);
  });
  if (reordered || next >= args.length) return out;
  const extra = args.slice(next).map((a) => (a === null || a === undefined ? '<nil>' : `${typeOf(a)}=${printValue(a)}`));
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

function padded(text: string, width: number, flags: string): string {
  const space = Math.max(0, width - [...text].length);
  if (flags.includes('-')) return text + ' '.repeat(space);
  if (!flags.includes('0') || !/^[+-]?\d/.test(text)) return ' '.repeat(space) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(space) + text.slice(sign.length);
}

function formatOne(directive: Directive, value: GoValue): string {
  const { verb } = directive;
  if (verb === 'v') return directive.flags.includes('#') && typeof value === 'string' ? goQuote(value) : printValue(value);
  if (verb === 'T') return value === null || value === undefined ? '<nil>' : typeOf(value);
  let text: string | undefined;
  if (typeof value === 'string') text = formatString(directive, value);
  else if (value instanceof GoNamed) text = formatString(directive, value.text);
  else if (typeof value === 'boolean') text = verb === 't' ? String(value) : undefined;
  else if (value instanceof GoFloat) text = formatFloat(directive, value.value);
  else if (typeof value === 'bigint') text = formatInteger(directive, Number(value));
  else if (typeof value === 'number') text = Number.isInteger(value) ? formatInteger(directive, value) : formatFloat(directive, value);
  else if (Array.isArray(value)) return `[${(value as readonly GoValue[]).map((v) => formatOne(directive, v)).join(' ')}]`;
  else if (value !== null && value !== undefined && verb === 's') text = printValue(value);
  if (text !== undefined) return text;
  return value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${typeOf(value)}=${printValue(value)})`;
}

function formatString({ verb, flags, precision }: Directive, value: string): string | undefined {
  const text = precision === undefined ? value : [...value].slice(0, precision).join('');
  if (verb === 's') return text;
  if (verb === 'q') {
    if (flags.includes('#') && !/[`\p{Cc}]/u.test(text)) return `\`${text}\``;
    return flags.includes('+') ? ascii(goQuote(text)) : goQuote(text);
  }
  if (verb !== 'x' && verb !== 'X') return undefined;
  const bytes = [...encodeUtf8(text)].map((b) => b.toString(16).padStart(2, '0'));
  const prefix = flags.includes('#') ? '0x' : '';
  const hex = flags.includes(' ') ? bytes.map((b) => prefix + b).join(' ') : prefix + bytes.join('');
  return verb === 'X' ? hex.toUpperCase() : hex;
}

/** Other characters as \u and \U. */
function ascii(quoted: string): string {
  return quoted.replace(/[^ -~]/gu, (c) => {
    const code = c.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

const BASES: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  d: [10, ''],
  b: [2, '0b'],
  o: [8, '0'],
  O: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function formatInteger({ verb, flags, precision }: Directive, value: number): string | undefined {
  if (verb === 'c') return String.fromCodePoint(value);
  if (verb === 'q') return `'${goQuote(String.fromCodePoint(value)).slice(1, -1).replace('\\"', '"').replace("'", "\\'")}'`;
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  const base = BASES[verb];
  if (!base) return undefined;
  const digits = Math.abs(value)
    .toString(base[0])
    .padStart(precision ?? 0, '0');
  const prefix = flags.includes('#') || verb === 'O' ? base[1] : '';
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits);
}

function formatFloat({ verb, flags, precision }: Directive, value: number): string | undefined {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  if (verb === 'f' || verb === 'F') return sign + value.toFixed(precision ?? 6);
  if (verb === 'g' || verb === 'G') return sign + (precision === undefined ? printFloat(value) : formatG(value, precision));
  if (verb === 'e' || verb === 'E') {
    const text = value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    return sign + (verb === 'E' ? text.toUpperCase() : text);
  }
  return undefined;
}
