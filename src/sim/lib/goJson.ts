/** JSON as Go's encoding/json reads and writes it: its error texts, and integers wider than a double. */

/** Go's message for the first syntax error in `text`, or undefined if it is one JSON value (what follows it is ignored, as a Decoder does). */
export function goSyntaxError(text: string): string | undefined {
  const scan = new Scanner(text);
  try {
    scan.value();
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxFault) return error.message;
    throw error;
  }
}

/** The first JSON value of `text` as it was written, and what follows it. Call `goSyntaxError` first. */
export function firstJsonNode(text: string): { readonly node: JsonNode; readonly rest: string } {
  const scan = new Scanner(text);
  const node = scan.value();
  return { node, rest: text.slice(scan.at) };
}

/** The first JSON value of `text`, and what follows it. Call `goSyntaxError` first. */
export function firstJsonValue(text: string): { readonly value: unknown; readonly rest: string } {
  const scan = new Scanner(text);
  scan.value();
  return { value: JSON.parse(text.slice(0, scan.at)) as unknown, rest: text.slice(scan.at) };
}

/** As json.Marshal writes a line of a stream: `<`, `>` and `&` are escaped, which Docker's plain answers leave alone. */
export function encodeStreamJson(value: unknown): string {
  return encodeJson(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Like JSON.stringify; a bigint becomes a bare number, and map keys are the caller's business. */
export function encodeJson(value: unknown): string {
  let wide = false;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'bigint') return part;
    wide = true;
    return `\u0001${part}`;
  });
  return wide ? text.replace(/"\\u0001(-?\d+)"/g, '$1') : text;
}

class SyntaxFault extends Error {}

/** Go quotes characters so in these messages. */
function quoted(c: string): string {
  if (c === "'") return `'\\''`;
  if (c === '"') return `'"'`;
  const code = c.codePointAt(0) ?? 0;
  if (c === '\n') return `'\\n'`;
  if (c === '\r') return `'\\r'`;
  if (c === '\t') return `'\\t'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  return `'${c}'`;
}

/** A JSON value as it was written: numbers keep their text, objects their members in order. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly items: JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

type Container = Extract<JsonNode, { kind: 'object' | 'array' }>;

/** As deep as Go goes. */
const DEPTH_MAX = 10_000;

/** Reads without recursion: how deep a text nests must not depend on the stack of whoever runs this. */
class Scanner {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    const open: { readonly node: Container; key: string }[] = [];
    for (;;) {
      let node = this.#begin(this.#next());
      if (node.kind === 'object' || node.kind === 'array') {
        if (open.length === DEPTH_MAX) throw this.#fault(node.kind === 'object' ? '{' : '[', 'exceeded max depth');
        if (!this.#closes(node)) {
          open.push({ node, key: node.kind === 'object' ? this.#key() : '' });
          continue;
        }
      }
      for (;;) {
        const parent = open.at(-1);
        if (!parent) return node;
        const c = this.#next();
        if (parent.node.kind === 'object') {
          parent.node.members.push([parent.key, node]);
          if (c === ',') {
            parent.key = this.#key();
            break;
          }
          if (c !== '}') throw this.#fault(c, 'after object key:value pair');
        } else {
          parent.node.items.push(node);
          if (c === ',') break;
          if (c !== ']') throw this.#fault(c, 'after array element');
        }
        node = parent.node;
        open.pop();
      }
    }
  }

  #begin(c: string): JsonNode {
    if (c === '{') return { kind: 'object', members: [] };
    if (c === '[') return { kind: 'array', items: [] };
    if (c === '"') return { kind: 'string', value: this.#string() };
    if (c === '-' || (c >= '0' && c <= '9')) return { kind: 'number', text: this.#number(c) };
    if (c === 't' || c === 'f') {
      this.#literal(c === 't' ? 'true' : 'false');
      return { kind: 'bool', value: c === 't' };
    }
    if (c !== 'n') throw this.#fault(c, 'looking for beginning of value');
    this.#literal('null');
    return { kind: 'null' };
  }

  /** Takes the bracket of an empty object or array. */
  #closes(node: Container): boolean {
    const start = this.at;
    if (this.#next() === (node.kind === 'object' ? '}' : ']')) return true;
    this.at = start;
    return false;
  }

  /** `"key":` */
  #key(): string {
    let c = this.#next();
    if (c !== '"') throw this.#fault(c, 'looking for beginning of object key string');
    const key = this.#string();
    c = this.#next();
    if (c !== ':') throw this.#fault(c, 'after object key');
    return key;
  }

  #fault(c: string, context: string): SyntaxFault {
    return new SyntaxFault(`invalid character ${quoted(c)} ${context}`);
  }

  #take(): string {
    const code = this.#text.codePointAt(this.at);
    if (code === undefined) throw new SyntaxFault('unexpected EOF');
    const c = String.fromCodePoint(code);
    this.at += c.length;
    return c;
  }

  #next(): string {
    for (;;) {
      const c = this.#take();
      if (c !== ' ' && c !== '\t' && c !== '\r' && c !== '\n') return c;
    }
  }

  /** After its first quotation mark. Halves of surrogate pairs become U+FFFD, as in Go. */
  #string(): string {
    const start = this.at - 1;
    for (;;) {
      const c = this.#take();
      if (c === '"') break;
      if (c < ' ') throw this.#fault(c, 'in string literal');
      if (c !== '\\') continue;
      const escaped = this.#take();
      if ('"\\/bfnrt'.includes(escaped)) continue;
      if (escaped !== 'u') throw this.#fault(escaped, 'in string escape code');
      for (let i = 0; i < 4; i++) {
        const digit = this.#take();
        if (!/[0-9a-fA-F]/.test(digit)) throw this.#fault(digit, 'in \\u hexadecimal character escaped');
      }
    }
    return (JSON.parse(this.#text.slice(start, this.at)) as string).replace(/\p{Surrogate}/gu, '\ufffd');
  }

  #number(first: string): string {
    this.at -= first.length;
    const start = this.at;
    if (this.#accept(/-?/y) && !/\d/.test(this.#text[this.at] ?? '')) throw this.#fault(this.#take(), 'in numeric literal');
    this.#accept(/0|[1-9]\d*/y);
    if (this.#accept(/\./y) && !this.#accept(/\d+/y)) throw this.#fault(this.#take(), 'after decimal point in numeric literal');
    if (this.#accept(/[eE][+-]?/y) && !this.#accept(/\d+/y)) throw this.#fault(this.#take(), 'in exponent of numeric literal');
    return this.#text.slice(start, this.at);
  }

  #accept(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (!match) return false;
    this.at += match[0].length;
    return true;
  }

  #literal(word: string): void {
    for (let i = 1; i < word.length; i++) {
      const c = this.#take();
      if (c !== word[i]) throw this.#fault(c, `in literal ${word} (expecting '${word[i]}')`);
    }
  }
}
