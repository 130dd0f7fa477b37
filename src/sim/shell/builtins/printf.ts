import { STRING_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { wallClock } from '../../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { appletError, builtinError, complain, invalidOption, output } from '../exec/message.ts';
import { backslashQuote } from '../expand/quote.ts';
import { outOfMemory } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { strftime } from '../strftime.ts';
import { decodeEcho } from '../syntax/ansiC.ts';

export interface PrintfResult {
  readonly text: string;
  /** Messages without a prefix, in order. */
  readonly errors: readonly string[];
  /** A bad format ends the output. */
  readonly failed: boolean;
}

const DIRECTIVE = /%(?:%|\(([^)]*)\)T|([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?[hlLjtz]*([\s\S])?)/y;

/** printf(1): formats `args`, reusing the format while arguments are left. `clock` is seconds since 1970, for `%(...)T`. */
export function formatPrintf(format: string, args: readonly string[], clock: number, style: 'bash' | 'dash' = 'bash'): PrintfResult {
  const errors: string[] = [];
  let out = '';
  let next = 0;
  let stop = false;
  const take = (): string | undefined => args[next++];
  do {
    const before = next;
    for (let i = 0; i < format.length && !stop; ) {
      const c = format[i];
      if (c === '\\') {
        const match = /^\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[\s\S])/.exec(format.slice(i));
        const decoded = decodeEcho(match?.[0] ?? '\\', 'format');
        if (match?.[0] === '\\c') {
          stop = true;
          break;
        }
        out += decoded.text;
        i += match?.[0].length ?? 1;
        continue;
      }
      if (c !== '%') {
        out += c;
        i++;
        continue;
      }
      DIRECTIVE.lastIndex = i;
      const m = DIRECTIVE.exec(format)!;
      i = DIRECTIVE.lastIndex;
      if (m[0] === '%%') {
        out += '%';
        continue;
      }
      let width = m[3];
      let precision = m[4] ?? (/\.[^\d*]*$/.test(m[0].slice(0, -1)) && m[0].includes('.') ? '0' : undefined);
      let flags = m[2] ?? '';
      if (width === '*') {
        width = String(Number(take() ?? 0));
        if (width.startsWith('-')) {
          flags += '-';
          width = width.slice(1);
        }
      }
      if (precision === '*') precision = String(Number(take() ?? 0));
      const prec = precision === undefined || precision.startsWith('-') ? undefined : Number(precision);
      const pad = (text: string, zero = false): string => padTo(text, Number(width ?? 0), flags, zero);
      if (m[1] !== undefined && style === 'dash') {
        errors.push('%(: invalid directive');
        return { text: out, errors, failed: true };
      }
      if (m[1] !== undefined) {
        const arg = take();
        const when = arg === undefined || arg === '-1' || arg === '-2' ? clock : Number(arg);
        out += pad(strftime(m[1] || '%X', when));
        continue;
      }
      const conversion = m[5];
      if (conversion === undefined) {
        errors.push(style === 'bash' ? `\`%': missing format character` : 'missing format character');
        return { text: out, errors, failed: true };
      }
      switch (conversion) {
        case 's':
          out += pad(cut(take() ?? '', prec));
          break;
        case 'c':
          out += pad([...(take() ?? '')][0] ?? '');
          break;
        case 'q':
          if (style === 'dash') {
            errors.push('%q: invalid directive');
            return { text: out, errors, failed: true };
          }
          out += pad(cut(backslashQuote(take() ?? ''), prec));
          break;
        case 'Q':
          out += pad(backslashQuote(cut(take() ?? '', prec)));
          break;
        case 'b': {
          const decoded = decodeEcho(take() ?? '', 'b');
          out += pad(cut(decoded.text, prec));
          stop = decoded.stop;
          break;
        }
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X': {
          const n = integerArgument(take(), errors, style);
          out += integerText(n, conversion, flags, prec, pad);
          break;
        }
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case 'a':
        case 'A': {
          const n = floatArgument(take(), errors, style);
          out += floatText(n, conversion, flags, prec, pad);
          break;
        }
        default:
          errors.push(style === 'bash' ? `\`${conversion}': invalid format character` : `%${conversion}: invalid directive`);
          return { text: out, errors, failed: true };
      }
    }
    if (next === before) break;
  } while (next < args.length && !stop);
  return { text: out, errors, failed: false };
}

function cut(text: string, precision: number | undefined): string {
  if (precision === undefined) return text;
  const bytes = encodeUtf8(text);
  return bytes.length <= precision ? text : decodeUtf8(bytes.subarray(0, precision));
}

function padTo(text: string, width: number, flags: string, zero: boolean): string {
  const length = encodeUtf8(text).length;
  const fill = width - length;
  if (fill <= 0) return text;
  if (fill > STRING_MAX) throw outOfMemory(width);
  if (flags.includes('-')) return text + ' '.repeat(fill);
  if (zero) {
    const head = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? '';
    return head + '0'.repeat(fill) + text.slice(head.length);
  }
  return ' '.repeat(fill) + text;
}

const MAX = 9223372036854775807n;

function integerArgument(arg: string | undefined, errors: string[], style: 'bash' | 'dash'): bigint {
  if (arg === undefined || arg === '') return 0n;
  if (arg[0] === "'" || arg[0] === '"') return BigInt(arg.codePointAt(1) ?? 0);
  const match = /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)/.exec(arg);
  const bad = style === 'bash' ? `${arg}: invalid number` : match ? `${arg}: not completely converted` : `${arg}: expected numeric value`;
  if (!match) {
    errors.push(bad);
    return 0n;
  }
  if (match[0].length !== arg.length) errors.push(bad);
  const digits = match[2];
  let n = /^0[xX]/.test(digits) ? BigInt(digits) : digits.length > 1 && digits[0] === '0' ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  if (match[1] === '-') n = -n;
  if (n > MAX || n < -MAX - 1n) {
    errors.push(`warning: ${arg}: Numerical result out of range`);
    n = n > 0n ? MAX : -MAX - 1n;
  }
  return n;
}

function integerText(
  n: bigint,
  conversion: string,
  flags: string,
  precision: number | undefined,
  pad: (text: string, zero?: boolean) => string,
): string {
  const signed = conversion === 'd' || conversion === 'i';
  const value = signed ? n : BigInt.asUintN(64, n);
  const magnitude = value < 0n ? -value : value;
  if ((precision ?? 0) > STRING_MAX) throw outOfMemory(precision!);
  let digits =
    conversion === 'o' ? magnitude.toString(8) : conversion === 'x' || conversion === 'X' ? magnitude.toString(16) : magnitude.toString();
  if (conversion === 'X') digits = digits.toUpperCase();
  if (precision !== undefined) digits = precision === 0 && magnitude === 0n ? '' : digits.padStart(precision, '0');
  if (flags.includes('#') && magnitude !== 0n) {
    if (conversion === 'o' && digits[0] !== '0') digits = `0${digits}`;
    else if (conversion === 'x' || conversion === 'X') digits = `0${conversion}${digits}`;
  }
  const sign = value < 0n ? '-' : signed && flags.includes('+') ? '+' : signed && flags.includes(' ') ? ' ' : '';
  return pad(sign + digits, flags.includes('0') && precision === undefined);
}

function floatArgument(arg: string | undefined, errors: string[], style: 'bash' | 'dash'): number {
  if (arg === undefined || arg === '') return 0;
  if (arg[0] === "'" || arg[0] === '"') return arg.codePointAt(1) ?? 0;
  const match = /^\s*[-+]?(?:0[xX][0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i.exec(arg);
  if (!match || match[0].length !== arg.length)
    errors.push(style === 'bash' ? `${arg}: invalid number` : `${arg}: not completely converted`);
  if (!match) return 0;
  const text = match[0].trim().toLowerCase();
  if (text.includes('inf')) return text[0] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

function exponent(n: number, digits: number): string {
  return n.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
}

function floatText(
  n: number,
  conversion: string,
  flags: string,
  precision: number | undefined,
  pad: (text: string, zero?: boolean) => string,
): string {
  const lower = conversion.toLowerCase();
  const size = Math.abs(n);
  const digits = Math.min(precision ?? 6, 100);
  let text: string;
  if (!Number.isFinite(n)) text = Number.isNaN(n) ? 'nan' : 'inf';
  else if (lower === 'f') text = size.toFixed(digits);
  else if (lower === 'e') text = exponent(size, digits);
  else if (lower === 'a') text = `0x${size.toString(16)}p+0`;
  else {
    const significant = digits === 0 ? 1 : digits;
    const power = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1]);
    text = power < -4 || power >= significant ? exponent(size, significant - 1) : size.toFixed(Math.max(0, significant - 1 - power));
    if (!flags.includes('#')) text = text.includes('.') ? text.replace(/\.?0+(?=e|$)/, '') : text;
  }
  if (conversion !== lower) text = text.toUpperCase();
  const sign = n < 0 || Object.is(n, -0) ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return pad(sign + text, flags.includes('0') && Number.isFinite(n));
}

const USAGE = '[-v var] format [arguments]';

/** The applet names the whole format, or the number. */
function ashPrintfError(format: string, message: string): string {
  const number = /^(.*): (expected numeric value|not completely converted|invalid number)$/s.exec(message);
  return number ? `invalid number '${number[1]}'` : `${format}: invalid format`;
}

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  let i = 0;
  let variable: string | undefined;
  if (sh.isBash) {
    while (i < args.length && args[i][0] === '-' && args[i].length > 1) {
      if (args[i] === '--') {
        i++;
        break;
      }
      if (args[i].startsWith('-v')) {
        variable = args[i].length > 2 ? args[i].slice(2) : args[++i];
        i++;
        if (variable === undefined) {
          yield* builtinError(sh, name, '-v: option requires an argument');
          yield* complain(`printf: usage: printf ${USAGE}\n`);
          return 2;
        }
        if (!/^[A-Za-z_]\w*(\[.*\])?$/s.test(variable)) {
          yield* builtinError(sh, name, `\`${variable}': not a valid identifier`);
          return 2;
        }
      } else return yield* invalidOption(sh, name, args[i].slice(0, 2), USAGE);
    }
  } else if (args[0] === '--') i = 1;
  else if (sh.dialect === 'dash' && /^-./.test(args[0] ?? '')) return yield* invalidOption(sh, name, args[0].slice(0, 2), USAGE);
  if (i >= args.length) {
    if (sh.isBash) yield* complain(`printf: usage: printf ${USAGE}\n`);
    else if (sh.dialect === 'ash') yield* appletError(sh, 'usage: printf FORMAT [ARGUMENT...]');
    else yield* builtinError(sh, name, 'usage: printf format [arg ...]');
    return 2;
  }
  const clock = Math.floor((yield* wallClock()) / 1_000_000);
  const result = formatPrintf(args[i], args.slice(i + 1), clock, sh.isBash ? 'bash' : 'dash');
  if (variable !== undefined) {
    const open = variable.indexOf('[');
    if (open > 0) sh.vars.setElement(variable.slice(0, open), variable.slice(open + 1, -1), result.text);
    else sh.vars.set(variable, result.text);
  }
  for (const message of result.errors) {
    if (sh.dialect === 'ash') yield* appletError(sh, ashPrintfError(args[i], message));
    else yield* builtinError(sh, name, message);
  }
  if (variable === undefined && !(yield* output(sh, name, result.text))) return 1;
  if (sh.dialect === 'dash' && result.errors.some((message) => message.endsWith('invalid directive'))) return 2;
  return result.errors.length > 0 ? 1 : 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'printf', usage: USAGE, summary: 'Format and print arguments under control of the format.', run },
];
