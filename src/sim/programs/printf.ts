import type { Sim } from '../kernel/sim.ts';
import { escapes, joinBytes } from './lib/escapes.ts';
import { UsageError } from './lib/failure.ts';
import { formatDouble, padField, parseSpec } from './lib/format.ts';
import { fileName, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const WHOLE = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]*|[1-9]\d*)/;

/** Formats and prints its arguments; the format is used again while arguments are left. */
export function* printf(t: Tool): Sim<void> {
  let args = t.args;
  if (args.length === 1 && (args[0] === '--help' || args[0] === '--version')) {
    yield* t.print(
      args[0] === '--help' ? `Usage: ${t.name} FORMAT [ARGUMENT]...\n  or:  ${t.name} OPTION\n` : 'printf (GNU coreutils) 9.10\n',
    );
    return;
  }
  if (args[0] === '--') args = args.slice(1);
  if (args.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  const format = args[0];
  let next = 1;
  const problems: string[] = [];

  const number = (text: string): number => {
    if (text === '') return 0;
    if (text[0] === '"' || text[0] === "'") return text.codePointAt(1) ?? 0;
    const m = WHOLE.exec(text);
    if (!m) {
      problems.push(t.busybox ? `invalid number '${text}'` : `${quoteAlways(text)}: expected a numeric value`);
      return 0;
    }
    if (m[0].length < text.length) {
      problems.push(t.busybox ? `invalid number '${text}'` : `${quoteAlways(text)}: value not completely converted`);
    }
    const magnitude = /^0[0-7]+$/.test(m[2]) ? Number.parseInt(m[2], 8) : Number(m[2]);
    return m[1] === '-' ? -magnitude : magnitude;
  };
  const real = (text: string): number => {
    if (text === '') return 0;
    if (text[0] === '"' || text[0] === "'") return text.codePointAt(1) ?? 0;
    const m = /^\s*([-+]?(?:0[xX][0-9a-fA-F]+|inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))/i.exec(text);
    if (!m) {
      problems.push(`${quoteAlways(text)}: expected a numeric value`);
      return 0;
    }
    if (m[0].length < text.length) problems.push(`${quoteAlways(text)}: value not completely converted`);
    return /inf/i.test(m[1]) ? (m[1][0] === '-' ? -Infinity : Infinity) : /nan/i.test(m[1]) ? Number.NaN : Number(m[1]);
  };

  do {
    const before = next;
    let out = '';
    for (let i = 0; i < format.length; i++) {
      const c = format[i];
      if (c === '\\') {
        const end = escapeEnd(format, i);
        const { out: text, stop } = escapes(format.slice(i, end), 'format');
        out += text;
        i = end - 1;
        if (stop) {
          yield* t.print(joinBytes(out));
          return;
        }
        continue;
      }
      if (c !== '%') {
        out += c;
        continue;
      }
      if (format[i + 1] === '%') {
        out += '%';
        i++;
        continue;
      }
      const parsed = parseSpec(format, i, 'hlLjzt');
      if (parsed === null || !'diouxXeEfFgGaAcsbq'.includes(parsed.conversion)) {
        const shown = format.slice(i, parsed === null ? format.length : parsed.end);
        yield* t.print(joinBytes(out));
        yield* t.error(
          t.busybox ? `${shown}: invalid format` : `${fileName(shown).replace(/^'|'$/g, '')}: invalid conversion specification`,
        );
        return;
      }
      i = parsed.end - 1;
      const take = (): string => args[next++] ?? '';
      const width = parsed.width === '*' ? number(take()) : parsed.width;
      const precision = parsed.precision === '*' ? number(take()) : parsed.precision;
      const spec = {
        ...parsed,
        flags: typeof width === 'number' && width < 0 ? `${parsed.flags}-` : parsed.flags,
        width: Math.abs(width ?? 0),
        precision: precision === undefined || precision < 0 ? undefined : precision,
      };
      const given = next < args.length;
      const arg = take();
      switch (parsed.conversion) {
        case 'c':
          out += padField(arg === '' ? '' : String.fromCodePoint(arg.codePointAt(0)!), spec);
          break;
        case 's':
          out += padField(spec.precision === undefined ? arg : [...arg].slice(0, spec.precision).join(''), spec);
          break;
        case 'b': {
          const { out: text, stop } = escapes(arg, 'echo');
          out += padField(text, spec);
          if (stop) {
            yield* t.print(joinBytes(out));
            return;
          }
          break;
        }
        case 'q':
          out += given ? shellQuote(arg) : "''";
          break;
        case 'd':
        case 'i':
        case 'o':
        case 'u':
        case 'x':
        case 'X':
          out += formatInteger(number(arg), arg, spec);
          break;
        default:
          out += formatDouble(real(arg), spec);
      }
      for (const problem of problems.splice(0)) {
        yield* t.print(joinBytes(out));
        out = '';
        yield* t.error(problem);
      }
    }
    yield* t.print(joinBytes(out));
    if (next === before) {
      if (next < args.length && !t.busybox) yield* t.warn(`warning: ignoring excess arguments, starting with ${quoteAlways(args[next])}`);
      break;
    }
  } while (next < args.length);
}

function escapeEnd(format: string, at: number): number {
  const m = /^\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/.exec(format.slice(at, at + 10));
  return at + (m ? m[0].length : 1);
}

function shellQuote(text: string): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text;
  const shown = quoteAlways(text);
  return shown;
}

/** 64-bit integers beyond 2^53 go through BigInt. */
function formatInteger(value: number, text: string, spec: Parameters<typeof formatDouble>[1]): string {
  let big = Number.isSafeInteger(value) ? BigInt(value) : BigInt(/^[-+]?\d+/.exec(text.trim())?.[0] ?? '0');
  if (spec.conversion === 'd' || spec.conversion === 'i') {
    const max = 9223372036854775807n;
    if (big > max) big = max;
    if (big < -max - 1n) big = -max - 1n;
  } else if (big < 0n) big += 1n << 64n;
  const negative = big < 0n;
  const magnitude = negative ? -big : big;
  const base = spec.conversion === 'o' ? 8 : spec.conversion === 'x' || spec.conversion === 'X' ? 16 : 10;
  let digits = magnitude.toString(base);
  if (spec.conversion === 'X') digits = digits.toUpperCase();
  if (spec.precision !== undefined) digits = spec.precision === 0 && magnitude === 0n ? '' : digits.padStart(spec.precision, '0');
  let sign = '';
  if (base === 10 && spec.conversion !== 'u') sign = negative ? '-' : spec.flags.includes('+') ? '+' : spec.flags.includes(' ') ? ' ' : '';
  if (spec.flags.includes('#') && magnitude !== 0n) {
    if (base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
    if (base === 16) sign = spec.conversion === 'x' ? '0x' : '0X';
  }
  if (spec.flags.includes('0') && !spec.flags.includes('-') && spec.precision === undefined) {
    digits = digits.padStart(spec.width - sign.length, '0');
  }
  return padField(sign + digits, spec);
}

export const program = tool('printf', printf);
