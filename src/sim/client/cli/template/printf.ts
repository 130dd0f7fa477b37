/** fmt.Sprintf for the verbs that templates use. */
import { goQuote } from '../../../lib/goQuote.ts';
import { formatG } from '../../../lib/goSize.ts';
import type { GoValue } from './value.ts';
import { printValue } from './value.ts';

const VERB = /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?([\s\S]|$)/gu;

export function goPrintf(format: string, args: readonly GoValue[]): string {
  let next = 0;
  const out = format.replace(
    VERB,
    (whole, flags: string, widthText: string | undefined, precisionText: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      const width = widthText === '*' ? Number(args[next++]) : Number(widthText ?? 0);
      const precision = whole.includes('.') ? (precisionText === '*' ? Number(args[next++]) : Number(precisionText ?? 0)) : undefined;
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const text = formatOne(verb, flags, precision, args[next++]);
      const space = Math.max(0, width - [...text].length);
      if (flags.includes('-')) return text + ' '.repeat(space);
      if (flags.includes('0') && /^[+-]?\d/.test(text)) {
        const sign = /^[+-]/.exec(text)?.[0] ?? '';
        return sign + '0'.repeat(space) + text.slice(sign.length);
      }
      return ' '.repeat(space) + text;
    },
  );
  if (next >= args.length) return out;
  return `${out}%!(EXTRA ${args
    .slice(next)
    .map((a) => `${goType(a)}=${printValue(a)}`)
    .join(', ')})`;
}

function goType(value: GoValue): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function formatOne(verb: string, flags: string, precision: number | undefined, value: GoValue): string {
  const bad = (): string =>
    value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${goType(value)}=${printValue(value)})`;
  const number = typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
  switch (verb) {
    case 'v':
      return printValue(value);
    case 's':
      if (number !== undefined || typeof value === 'boolean' || value === null || value === undefined) return bad();
      return precision === undefined ? printValue(value) : [...printValue(value)].slice(0, precision).join('');
    case 'q':
      return typeof value === 'string'
        ? goQuote(value)
        : Array.isArray(value)
          ? `[${(value as readonly GoValue[]).map((v) => goQuote(printValue(v))).join(' ')}]`
          : bad();
    case 'd':
      return number === undefined ? bad() : (flags.includes('+') && number >= 0 ? '+' : '') + String(value);
    case 't':
      return typeof value === 'boolean' ? String(value) : bad();
    case 'x':
    case 'X': {
      const hex =
        number !== undefined
          ? Number(value).toString(16)
          : typeof value === 'string'
            ? [...value].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
            : bad();
      return verb === 'X' ? hex.toUpperCase() : hex;
    }
    case 'o':
      return number === undefined ? bad() : number.toString(8);
    case 'b':
      return number === undefined ? bad() : number.toString(2);
    case 'c':
      return number === undefined ? bad() : String.fromCodePoint(number);
    case 'U':
      return number === undefined ? bad() : `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
    case 'f':
    case 'F':
      return number === undefined ? bad() : number.toFixed(precision ?? 6);
    case 'g':
      return number === undefined ? bad() : precision === undefined ? String(number) : formatG(number, precision);
    case 'e':
      return number === undefined ? bad() : number.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'T':
      return goType(value);
    default:
      return `%!${verb}(${goType(value)}=${printValue(value)})`;
  }
}
