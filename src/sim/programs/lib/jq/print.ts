import { formatDouble } from './decimal.ts';
import { isArray, isNumber, type Json, sortedKeys } from './values.ts';

export interface PrintStyle {
  /** What one level is indented with; undefined prints on one line. */
  readonly indent?: string;
  readonly ascii?: boolean;
  readonly sortKeys?: boolean;
  /** SGR parameters by kind, see {@link parseColours}. */
  readonly colours?: Colours;
}

export interface Colours {
  readonly null: string;
  readonly false: string;
  readonly true: string;
  readonly number: string;
  readonly string: string;
  readonly array: string;
  readonly object: string;
  readonly key: string;
}

const DEFAULT_COLOURS = ['0;90', '0;39', '0;39', '0;39', '0;32', '1;39', '1;39', '1;34'];
const RESET = '\x1b[0m';

/** Colours as `$JQ_COLORS` names them (`0;90:0;39:...`), the missing ones by default; undefined if the text is not of that form. */
export function parseColours(text: string | undefined): Colours | undefined {
  const given = text === undefined || text === '' ? [] : text.split(':');
  if (given.slice(0, 8).some((code) => !/^[0-9;]*$/.test(code))) return undefined;
  if (given.length > 0 && given[given.length - 1] === '') given.pop();
  const c = DEFAULT_COLOURS.map((code, i) => `\x1b[${given[i] ?? code}m`);
  return { null: c[0], false: c[1], true: c[2], number: c[3], string: c[4], array: c[5], object: c[6], key: c[7] };
}

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '\f': '\\f',
  '"': '\\"',
  '\\': '\\\\',
};
const hex = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

function quoteText(text: string, ascii = false): string {
  const special = ascii ? /["\\\x00-\x1f\x7f]|[^\x00-\x7f]/g : /["\\\x00-\x1f\x7f]/g;
  return `"${text.replace(special, (c) => SHORT[c] ?? hex(c.charCodeAt(0)))}"`;
}

export const formatNumber = (value: Json): string => (typeof value === 'number' ? formatDouble(value) : String(value));

/** A value as JSON text in a style. */
export function printJson(value: Json, style: PrintStyle = {}): string {
  const out: string[] = [];
  term(value, style, 0, out);
  return out.join('');
}

/** A value on one line, as `tojson` gives it. */
export const toJson = (value: Json): string => printJson(value);

/** Deeper than what a person reads and a stack can hold. */
const DEPTH_LIMIT = 2000;

function term(value: Json, style: PrintStyle, depth: number, out: string[]): void {
  const colour = style.colours?.[colourOf(value)];
  if (colour !== undefined) out.push(colour);
  if (depth > DEPTH_LIMIT) out.push('<skipped: too deep>');
  else if (value === null || typeof value === 'boolean') out.push(String(value));
  else if (isNumber(value)) out.push(formatNumber(value));
  else if (typeof value === 'string') out.push(quoteText(value, style.ascii));
  else container(value, style, depth, colour, out);
  if (colour !== undefined) out.push(RESET);
}

function colourOf(value: Json): keyof Colours {
  if (value === null || typeof value === 'boolean') return String(value) as keyof Colours;
  if (isNumber(value)) return Number.isNaN(value) ? 'null' : 'number';
  return typeof value === 'string' ? 'string' : isArray(value) ? 'array' : 'object';
}

function container(value: Json, style: PrintStyle, depth: number, colour: string | undefined, out: string[]): void {
  const list = isArray(value);
  const object = list ? undefined : (value as ReadonlyMap<string, Json>);
  const keys = object === undefined ? [] : style.sortKeys ? sortedKeys(object) : [...object.keys()];
  const count = list ? value.length : keys.length;
  if (count === 0) {
    out.push(list ? '[]' : '{}');
    return;
  }
  const line = (level: number): void => {
    if (style.indent !== undefined) out.push('\n', style.indent.repeat(level));
  };
  out.push(list ? '[' : '{');
  for (let i = 0; i < count; i++) {
    if (i > 0) out.push(colour ?? '', ',');
    if (colour !== undefined) out.push(RESET);
    line(depth + 1);
    if (object !== undefined) {
      out.push(style.colours?.key ?? '', quoteText(keys[i], style.ascii));
      if (colour !== undefined) out.push(RESET, colour);
      out.push(':');
      if (colour !== undefined) out.push(RESET);
      if (style.indent !== undefined) out.push(' ');
    }
    term(list ? value[i] : ((object as ReadonlyMap<string, Json>).get(keys[i]) as Json), style, depth + 1, out);
  }
  line(depth);
  out.push(colour ?? '', list ? ']' : '}');
}

/** UTF-8 size of a code point. */
const size = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

function cutBytes(text: string, bytes: number): string {
  let used = 0;
  let out = '';
  for (const c of text) {
    used += size(c.codePointAt(0) as number);
    if (used > bytes) break;
    out += c;
  }
  return out;
}

const SHOWN_BYTES = 29;

/** A value as error messages show it: at most 29 bytes, the rest as `...` before the closing bracket. */
export function brief(value: Json): string {
  const text = toJson(typeof value === 'string' ? cutBytes(value, 4 * SHOWN_BYTES) : value);
  let bytes = 0;
  for (const c of text) bytes += size(c.codePointAt(0) as number);
  if (bytes <= SHOWN_BYTES) return text;
  const close = text[0] === '"' ? '"' : text[0] === '[' ? ']' : text[0] === '{' ? '}' : '';
  return `${cutBytes(text, SHOWN_BYTES - 3 - close.length)}...${close}`;
}
