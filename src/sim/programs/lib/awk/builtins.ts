import type { Sim } from '../../../kernel/sim.ts';
import { run, wallClock } from '../../../kernel/syscalls.ts';
import { exp, log } from '../../../lib/math/exponential.ts';
import { atan2, cos, sin } from '../../../lib/math/trigonometric.ts';
import { formatTime, toSeconds } from '../calendar.ts';
import { byteLength, fromBytes, toBytes } from './bytes.ts';
import type { AwkEvaluator } from './evaluator.ts';
import { AwkRuntimeError, awkFormat } from './format.ts';
import { splitFields } from './record.ts';
import type { AwkExpr } from './syntax.ts';
import { type AwkValue, fromInput, toNumber, toText } from './values.ts';

/** Calls a built-in function. */
export function* callBuiltin(awk: AwkEvaluator, name: string, args: readonly AwkExpr[]): Sim<AwkValue> {
  const convfmt = awk.vars.convfmt;
  const text = function* (i: number): Sim<string> {
    return toText(yield* awk.eval(args[i]), convfmt);
  };
  const number = function* (i: number): Sim<number> {
    return toNumber(yield* awk.eval(args[i]));
  };
  const zero: AwkExpr = { op: 'field', index: { op: 'number', value: 0 } };
  switch (name) {
    case 'length':
      if (args.length === 0) return byteLength(toText(yield* awk.eval(zero), convfmt));
      if (awk.vars.isArray(args[0])) return awk.vars.arrayArgument(args[0]).size;
      return byteLength(yield* text(0));
    case 'substr': {
      const s = toBytes(yield* text(0));
      const start = yield* number(1);
      const length = args.length > 2 ? yield* number(2) : Number.POSITIVE_INFINITY;
      const from = Math.max(1, Math.round(start));
      const to = Math.round(start + length);
      return Number.isNaN(to) || to <= from
        ? length === Number.POSITIVE_INFINITY
          ? fromBytes(s.slice(from - 1))
          : ''
        : fromBytes(s.slice(from - 1, to - 1));
    }
    case 'index': {
      const s = toBytes(yield* text(0));
      return s.indexOf(toBytes(yield* text(1))) + 1;
    }
    case 'split': {
      const s = yield* text(0);
      const array = awk.vars.arrayArgument(args[1]);
      let pieces: string[];
      if (args.length < 3) pieces = splitFields(s, awk.vars.text('FS'));
      else if (args[2].op === 'regex') pieces = splitFields(s, args[2].regex);
      else pieces = splitFields(s, yield* text(2));
      array.clear();
      for (const [i, piece] of pieces.entries()) array.set(String(i + 1), fromInput(piece), true);
      return pieces.length;
    }
    case 'sub':
    case 'gsub': {
      const regex = yield* awk.regexOf(args[0]);
      const replacement = yield* text(1);
      const target = args[2] ?? zero;
      const s = toText(yield* awk.eval(target), convfmt);
      let out = '';
      let at = 0;
      let count = 0;
      let previousEnd = -1;
      for (let from = 0; from <= s.length; ) {
        const m = regex.exec(s, from);
        if (m === null) break;
        if (m.start === m.end && m.start === previousEnd) {
          from = m.end + 1;
          continue;
        }
        out += s.slice(at, m.start) + expand(replacement, s.slice(m.start, m.end));
        at = m.end;
        previousEnd = m.end;
        count++;
        if (name === 'sub') break;
        from = m.end > m.start ? m.end : m.end + 1;
      }
      if (count > 0) yield* awk.assign(target, out + s.slice(at));
      return count;
    }
    case 'gensub':
      throw new AwkRuntimeError('function gensub never defined');
    case 'match': {
      const s = yield* text(0);
      const m = (yield* awk.regexOf(args[1])).exec(s, 0);
      const start = m === null ? 0 : byteLength(s.slice(0, m.start)) + 1;
      awk.vars.globals.set('RSTART', start);
      awk.vars.globals.set('RLENGTH', m === null ? -1 : byteLength(s.slice(m.start, m.end)));
      return start;
    }
    case 'sprintf': {
      const values: AwkValue[] = [];
      for (const a of args) values.push(yield* awk.eval(a));
      return awkFormat('sprintf', toText(values[0], convfmt), values.slice(1), convfmt);
    }
    case 'sin':
      return sin(yield* number(0));
    case 'cos':
      return cos(yield* number(0));
    case 'atan2':
      return atan2(yield* number(0), yield* number(1));
    case 'exp':
      return exp(yield* number(0));
    case 'log':
      return log(yield* number(0));
    case 'sqrt':
      return Math.sqrt(yield* number(0));
    case 'int':
      return Math.trunc(yield* number(0));
    case 'rand': {
      awk.random.seed = (Math.imul(awk.random.seed, 1664525) + 1013904223) >>> 0;
      return awk.random.seed / 4294967296;
    }
    case 'srand': {
      const old = awk.random.previous;
      const seed = args.length === 0 ? Math.floor((yield* wallClock()) / 1e6) : yield* number(0);
      awk.random = { seed: Math.trunc(seed) >>> 0, previous: seed };
      return old;
    }
    case 'tolower':
      return (yield* text(0)).replace(/[A-Z]/g, (c) => c.toLowerCase());
    case 'toupper':
      return (yield* text(0)).replace(/[a-z]/g, (c) => c.toUpperCase());
    case 'system': {
      yield* awk.streams.flushAll();
      return yield* run({ path: '/bin/sh', argv: ['sh', '-c', yield* text(0)] });
    }
    case 'close':
      return yield* awk.streams.close(yield* text(0));
    case 'fflush':
      if (args.length === 0 || (yield* text(0)) === '') {
        yield* awk.streams.flushAll();
        return 0;
      }
      return (yield* awk.streams.flush(yield* text(0))) ? 0 : -1;
    case 'systime':
      return Math.floor((yield* wallClock()) / 1e6);
    case 'strftime': {
      const format = args.length > 0 ? yield* text(0) : '%c';
      return formatTime(format, args.length > 1 ? (yield* number(1)) * 1e6 : yield* wallClock());
    }
    case 'mktime': {
      const [y, mo, d, h, mi, s] = (yield* text(0)).trim().split(/\s+/).map(Number);
      return s === undefined ? -1 : toSeconds(y, mo, d, h, mi, s);
    }
    default:
      throw new AwkRuntimeError(`unknown function ${name}`);
  }
}

/** & is the match, \& an ampersand, \\ a backslash before them. */
function expand(replacement: string, matched: string): string {
  return replacement.replace(/\\\\(?=&)|\\&|&/g, (m) => (m === '&' ? matched : m === '\\&' ? '&' : '\\'));
}
