import { hashOrder } from '../state/hashOrder.ts';
import type { Variable } from '../state/variables.ts';
import { sortedKeys } from '../state/variables.ts';
import { decodeAnsiC } from '../syntax/ansiC.ts';
import { ansiQuote, doubleQuote, singleQuote } from './quote.ts';

/** The attribute letters of `declare`, in bash's order. */
export function attributeLetters(v: Variable): string {
  return `${v.array ? 'a' : ''}${v.assoc ? 'A' : ''}${v.integer ? 'i' : ''}${v.nameref ? 'n' : ''}${v.readonly ? 'r' : ''}${v.trace ? 't' : ''}${v.exported ? 'x' : ''}${v.lower ? 'l' : ''}${v.upper ? 'u' : ''}`;
}

/** `([0]="a" [1]="b")`, as `declare -p` shows arrays. */
export function arrayLiteral(v: Variable): string {
  const quote = (s: string): string => (/[\x00-\x08\x0a-\x1f\x7f]/.test(s) ? ansiQuote(s) : doubleQuote(s));
  const key = (k: string): string => (/^[A-Za-z0-9_./:-]+$/.test(k) ? k : quote(k));
  if (v.assoc)
    return `(${hashOrder(v.assoc)
      .map((k) => `[${key(k)}]=${quote(v.assoc!.get(k)!)} `)
      .join('')})`;
  return `(${sortedKeys(v.array!)
    .map((k) => `[${k}]=${quote(v.array!.get(k)!)}`)
    .join(' ')})`;
}

/** `${x@A}`: the assignment that makes it again. */
export function assignmentOf(name: string, v: Variable): string {
  const letters = attributeLetters(v);
  if (v.array || v.assoc) return `declare -${letters} ${name}=${arrayLiteral(v)}`;
  const value = v.get ? v.get() : v.value;
  const text = `${name}=${singleQuote(value ?? '')}`;
  return letters ? `declare -${letters} ${value === undefined ? name : text}` : text;
}

/** `${x@U}` and others that look only at the value. */
export function transformValue(value: string, operator: string): string {
  switch (operator) {
    case 'U':
      return value.toUpperCase();
    case 'u':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case 'L':
      return value.toLowerCase();
    case 'Q':
    case 'K':
      return singleQuote(value);
    case 'E':
      return decodeAnsiC(value);
    default:
      return value;
  }
}

/** `${x^p}` and kin. `matches` tells whether a character is concerned. */
export function changeCase(value: string, operator: string, matches: (c: string) => boolean): string {
  const change = (c: string): string => (!matches(c) ? c : operator[0] === '^' ? c.toUpperCase() : c.toLowerCase());
  const chars = [...value];
  if (operator.length === 2) return chars.map(change).join('');
  return chars.map((c, i) => (i === 0 ? change(c) : c)).join('');
}
