/** The functions of a template: Go's own and those that docker adds. */
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { TemplateError } from './lex.ts';
import { goPrintf } from './printf.ts';
import type { GoValue } from './value.ts';
import { GoFloat, GoMap, GoNamed, isObject, jsonOf, printValue, truth, typeOf } from './value.ts';

export interface TemplateFunction {
  /** Go types: 'string', 'int', '[]string' or 'any'. */
  readonly parameters: readonly string[];
  /** More arguments may follow. */
  readonly variadic: boolean;
  /** Fails with a {@link TemplateError} that says what is wrong, without the place. */
  readonly call: (...args: GoValue[]) => GoValue;
}

/** `parameters` as in Go: 'string int', with '...' for more of any type. */
function define(parameters: string, call: (...args: never[]) => GoValue): TemplateFunction {
  const words = parameters.split(' ').filter((w) => w !== '');
  return { parameters: words.filter((w) => w !== '...'), variadic: words.includes('...'), call: call as (...args: GoValue[]) => GoValue };
}

/** Go counts the bytes of a string. */
function byteLength(value: string): number {
  let n = 0;
  for (const c of value) n += c.codePointAt(0)! < 0x80 ? 1 : c.codePointAt(0)! < 0x800 ? 2 : c.codePointAt(0)! < 0x10000 ? 3 : 4;
  return n;
}

/** Part of a string by its bytes. */
function byteSlice(value: string, from: number, to: number): string {
  return decodeUtf8(encodeUtf8(value).slice(from, to));
}

function length(value: GoValue): number {
  if (typeof value === 'string') return byteLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof GoMap) return value.entries.size;
  if (value instanceof GoNamed) return value.text.length;
  if (value === null || value === undefined) throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
  throw new TemplateError(`len of type ${typeOf(value)}`);
}

function index(item: GoValue, ...keys: GoValue[]): GoValue {
  let at = item;
  for (const key of keys) {
    if (at === null || at === undefined) throw new TemplateError('index of untyped nil');
    if (Array.isArray(at) || typeof at === 'string') {
      if (typeof key !== 'number') throw new TemplateError(`cannot index slice/array with type ${typeOf(key)}`);
      if (key < 0 || key >= length(at)) {
        throw new TemplateError(typeof at === 'string' && key === 0 ? 'reflect: string index out of range' : `index out of range: ${key}`);
      }
      at = typeof at === 'string' ? encodeUtf8(at)[key] : (at as readonly GoValue[])[key];
    } else if (at instanceof GoMap) {
      const wanted = at.keyOf?.('').typeName ?? 'string';
      if (typeOf(key) !== wanted) throw new TemplateError(`value has type ${typeOf(key)}; should be ${wanted}`);
      const word = key instanceof GoNamed ? key.text : String(key);
      at = at.entries.has(word) ? at.entries.get(word) : zeroOf(at);
    } else throw new TemplateError(`can't index item of type ${typeOf(at)}`);
  }
  return at;
}

/** A missing key gives the zero value of the map's elements: '' for strings, a nil pointer for structs. */
function zeroOf(map: GoMap): GoValue {
  if (map.ofAny) return undefined;
  const [sample] = map.entries.values();
  if (sample === undefined || typeof sample === 'string') return '';
  return isObject(sample) ? null : undefined;
}

function slice(item: GoValue, ...bounds: GoValue[]): GoValue {
  if (typeof item !== 'string' && !Array.isArray(item)) throw new TemplateError(`can't slice item of type ${typeOf(item)}`);
  const size = length(item);
  const [from, to] = bounds.map((b) => {
    if (typeof b !== 'number') throw new TemplateError(`cannot index slice/array with type ${typeOf(b)}`);
    if (b < 0 || b > size) throw new TemplateError(`index out of range: ${b}`);
    return b;
  });
  if (from > (to ?? size)) throw new TemplateError(`invalid slice index: ${from} > ${to}`);
  return typeof item === 'string' ? byteSlice(item, from ?? 0, to ?? size) : item.slice(from ?? 0, to ?? size);
}

function basicKind(value: GoValue): string {
  if (value instanceof GoFloat) return 'float';
  if (value instanceof GoNamed) return 'string';
  if (typeof value === 'bigint' || typeof value === 'number') return typeOf(value) === 'float64' ? 'float' : 'int';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value;
  throw new TemplateError('invalid type for comparison');
}

/** What comparisons look at. */
function plain(value: GoValue): string | number {
  return (value instanceof GoFloat ? value.value : value instanceof GoNamed ? value.text : value) as string | number;
}

function less(a: GoValue, b: GoValue): boolean {
  const kind = basicKind(a);
  if (kind !== basicKind(b)) throw new TemplateError('incompatible types for comparison');
  if (kind === 'boolean') throw new TemplateError('invalid type for comparison');
  return plain(a) < plain(b);
}

function equal(a: GoValue, ...others: GoValue[]): boolean {
  if (others.length === 0) throw new TemplateError('missing argument for comparison');
  return others.some((b) => {
    if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
    if (basicKind(a) !== basicKind(b)) throw new TemplateError('incompatible types for comparison');
    return plain(a) === plain(b);
  });
}

const HTML: Readonly<Record<string, string>> = { '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\uFFFD' };
const html = (s: string): string => s.replace(/["'&<>\0]/g, (c) => HTML[c]);

function title(s: string): string {
  return s.replace(/(^|[^\p{L}\p{N}_])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

/** fmt.Sprint: blanks only between operands that are no strings. */
function print(...args: GoValue[]): string {
  let out = '';
  args.forEach((arg, i) => {
    if (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string') out += ' ';
    out += printValue(arg);
  });
  return out;
}

function javascript(...args: GoValue[]): string {
  return print(...args).replace(/[\\'"<>&=\n]/g, (c) =>
    /[\\'"]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

/** Cuts after `n` bytes. */
function truncate(s: string, n: number): string {
  if (n < 0) throw new TemplateError(`runtime error: slice bounds out of range [:${n}]`);
  return byteLength(s) < n ? s : byteSlice(s, 0, n);
}

function pad(s: string, before: number, after: number): string {
  if (s === '') return '';
  if (before < 0 || after < 0) throw new TemplateError('strings: negative Repeat count');
  return ' '.repeat(before) + s + ' '.repeat(after);
}

export const functions: Readonly<Record<string, TemplateFunction>> = {
  json: define('any', (v: GoValue) => jsonOf(v)),
  split: define('string string', (s: string, separator: string) => s.split(separator)),
  join: define('[]string string', (list: readonly string[], separator: string) => list.join(separator)),
  title: define('string', title),
  lower: define('string', (s: string) => s.toLowerCase()),
  upper: define('string', (s: string) => s.toUpperCase()),
  pad: define('string int int', pad),
  truncate: define('string int', truncate),
  not: define('any', (v: GoValue) => !truth(v)),
  len: define('any', length),
  index: define('any ...', index),
  slice: define('any ...', slice),
  print: define('...', print),
  printf: define('string ...', (format: string, ...args: GoValue[]) => goPrintf(format, args)),
  println: define('...', (...args: GoValue[]) => `${args.map(printValue).join(' ')}\n`),
  html: define('...', (...args: GoValue[]) => html(print(...args))),
  js: define('...', javascript),
  urlquery: define('...', (...args: GoValue[]) => encodeURIComponent(print(...args)).replace(/%20/g, '+')),
  eq: define('any ...', equal),
  ne: define('any any', (a: GoValue, b: GoValue) => !equal(a, b)),
  lt: define('any any', less),
  le: define('any any', (a: GoValue, b: GoValue) => less(a, b) || equal(a, b)),
  gt: define('any any', (a: GoValue, b: GoValue) => less(b, a)),
  ge: define('any any', (a: GoValue, b: GoValue) => less(b, a) || equal(a, b)),
  call: define('any ...', (f: GoValue) => {
    throw new TemplateError(f === null || f === undefined ? 'call of nil' : `non-function CALLEE of type ${typeOf(f)}`);
  }),
};

const first = (word: string): string => word;

/** In the row of headers these leave their first argument as it is; it must be a word. */
export const headerFunctions: Readonly<Record<string, TemplateFunction>> = {
  ...functions,
  json: define('string', first),
  split: define('string string', first),
  join: define('string string', first),
  title: define('string', first),
  lower: define('string', first),
  upper: define('string', first),
  truncate: define('string int', first),
};

/** `and` and `or` are not here: they stop at the first operand that decides. */
export const functionNames: ReadonlySet<string> = new Set([...Object.keys(functions), 'and', 'or']);
