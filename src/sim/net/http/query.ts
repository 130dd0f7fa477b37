import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

const HEX = '0123456789ABCDEF';

/** %XX-encodes everything but the unreserved characters of RFC 3986; `extra` may stay as well. */
export function percentEncode(text: string, extra = ''): string {
  let out = '';
  for (const byte of encodeUtf8(text)) {
    const c = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(c) || (extra !== '' && extra.includes(c))) out += c;
    else out += `%${HEX[byte >> 4]}${HEX[byte & 15]}`;
  }
  return out;
}

/** Turns %XX back into UTF-8 text. A broken escape stays as it is. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const source = encodeUtf8(text);
  const out: number[] = [];
  for (let i = 0; i < source.length; i++) {
    const hex = source[i] === 0x25 ? /^[0-9A-Fa-f]{2}/.exec(String.fromCharCode(source[i + 1] ?? 0, source[i + 2] ?? 0)) : null;
    if (hex) {
      out.push(Number.parseInt(hex[0], 16));
      i += 2;
    } else {
      out.push(source[i]);
    }
  }
  return decodeUtf8(new Uint8Array(out));
}

/** The parameters after `?`: names may come more than once. */
export class Query {
  readonly #pairs: [string, string][] = [];

  static parse(text: string): Query {
    const query = new Query();
    for (const part of text.split('&')) {
      if (part === '') continue;
      const at = part.indexOf('=');
      const decode = (s: string) => percentDecode(s.replaceAll('+', ' '));
      query.append(decode(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decode(part.slice(at + 1)));
    }
    return query;
  }

  get(name: string): string | undefined {
    return this.#pairs.find((pair) => pair[0] === name)?.[1];
  }

  getAll(name: string): string[] {
    return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name: string): boolean {
    return this.#pairs.some((pair) => pair[0] === name);
  }

  append(name: string, value: string): void {
    this.#pairs.push([name, value]);
  }

  set(name: string, value: string): void {
    const at = this.#pairs.findIndex((pair) => pair[0] === name);
    if (at < 0) this.append(name, value);
    else this.#pairs[at] = [name, value];
  }

  entries(): readonly (readonly [string, string])[] {
    return this.#pairs;
  }

  /** Sorted by name as Go's url.Values.Encode does, spaces as '+'. */
  toString(): string {
    const encode = (s: string) => percentEncode(s, ' ').replaceAll(' ', '+');
    return [...this.#pairs]
      .map((pair, i) => ({ pair, i }))
      .sort((a, b) => (a.pair[0] < b.pair[0] ? -1 : a.pair[0] > b.pair[0] ? 1 : a.i - b.i))
      .map(({ pair }) => `${encode(pair[0])}=${encode(pair[1])}`)
      .join('&');
  }
}
