/** Operators on two values. */
import { pow } from '../../../lib/math/exponential.ts';
import { type AwkValue, toNumber, toText } from './values.ts';

/** + - * / % ^ */
export function arithmetic(kind: string, a: number, b: number): number {
  switch (kind) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return pow(a, b);
  }
}

/** < <= == != > >=, of numbers as numbers and of all else as text. */
export function compare(kind: string, a: AwkValue, b: AwkValue, convfmt: string): boolean {
  let order: number;
  if (typeof a !== 'string' && typeof b !== 'string') {
    const x = toNumber(a);
    const y = toNumber(b);
    order = x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  } else {
    const x = toText(a, convfmt);
    const y = toText(b, convfmt);
    order = x < y ? -1 : x > y ? 1 : 0;
  }
  switch (kind) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}
