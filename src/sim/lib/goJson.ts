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

class Scanner {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth = 0): void {
    if (depth > 10_000) throw new SyntaxFault('exceeded max depth');
    const c = this.#next();
    if (c === '{') this.#object(depth);
    else if (c === '[') this.#array(depth);
    else if (c === '"') this.#string();
    else if (c === '-' || (c >= '0' && c <= '9')) this.#number(c);
    else if (c === 't') this.#literal('true');
    else if (c === 'f') this.#literal('false');
    else if (c === 'n') this.#literal('null');
    else throw this.#fault(c, 'looking for beginning of value');
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

  #object(depth: number): void {
    let c = this.#next();
    if (c === '}') return;
    for (;;) {
      if (c !== '"') throw this.#fault(c, 'looking for beginning of object key string');
      this.#string();
      c = this.#next();
      if (c !== ':') throw this.#fault(c, 'after object key');
      this.value(depth + 1);
      c = this.#next();
      if (c === '}') return;
      if (c !== ',') throw this.#fault(c, 'after object key:value pair');
      c = this.#next();
    }
  }

  #array(depth: number): void {
    const start = this.at;
    let c = this.#next();
    if (c === ']') return;
    this.at = start;
    for (;;) {
      this.value(depth + 1);
      c = this.#next();
      if (c === ']') return;
      if (c !== ',') throw this.#fault(c, 'after array element');
    }
  }

  #string(): void {
    for (;;) {
      const c = this.#take();
      if (c === '"') return;
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
  }

  #number(first: string): void {
    this.at -= first.length;
    if (this.#accept(/-?/y) && !/\d/.test(this.#text[this.at] ?? '')) throw this.#fault(this.#take(), 'in numeric literal');
    this.#accept(/0|[1-9]\d*/y);
    if (this.#accept(/\./y) && !this.#accept(/\d+/y)) throw this.#fault(this.#take(), 'after decimal point in numeric literal');
    if (this.#accept(/[eE][+-]?/y) && !this.#accept(/\d+/y)) throw this.#fault(this.#take(), 'in exponent of numeric literal');
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
