import { formatDouble, parseSpec } from '../format.ts';

/** Text that came from outside and looks like a number: compares as one. */
export class StrNum {
  readonly text: string;
  readonly number: number;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }
}

/** Undefined is a variable that was never set. */
export type AwkValue = number | string | StrNum | undefined;

const LOOKS_NUMERIC = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)[ \t\n\r\f\v]*$/;
const LEADING_NUMBER = /^[ \t\n\r\f\v]*([-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+))/;

/** Input text as a value. */
export function fromInput(text: string): AwkValue {
  const first = text.charCodeAt(0);
  if (first > 57 || text === '') return text;
  return LOOKS_NUMERIC.test(text) ? new StrNum(text, Number(text)) : text;
}

export function toNumber(v: AwkValue): number {
  if (typeof v === 'number') return v;
  if (v === undefined) return 0;
  if (v instanceof StrNum) return v.number;
  const m = LEADING_NUMBER.exec(v);
  return m ? Number(m[1]) : 0;
}

const INT_MAX = 9007199254740992;

/** Whole numbers print as such; others by CONVFMT or OFMT. */
export function numberText(n: number, format: string): string {
  // What x86 makes of 0/0, log(-1) and the like has its sign set, and printf shows it.
  if (Number.isNaN(n)) return '-nan';
  if (Number.isInteger(n) && n >= -INT_MAX && n <= INT_MAX) return Object.is(n, -0) ? '-0' : String(n);
  const spec = parseSpec(format, 0);
  if (spec === null || spec.end !== format.length) return format;
  const field = {
    flags: spec.flags,
    width: Number(spec.width ?? 0),
    precision: spec.precision as number | undefined,
    conversion: spec.conversion,
  };
  return 'diouxX'.includes(spec.conversion) ? String(Math.trunc(n)) : formatDouble(n, field);
}

export function toText(v: AwkValue, convfmt: string): string {
  if (typeof v === 'string') return v;
  if (typeof v === 'number') return numberText(v, convfmt);
  return v === undefined ? '' : v.text;
}

export function truthy(v: AwkValue): boolean {
  if (typeof v === 'string') return v !== '';
  if (v === undefined) return false;
  return (typeof v === 'number' ? v : v.number) !== 0;
}
