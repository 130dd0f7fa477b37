import { HTTP_BODY_BYTES_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { concatBytes, EMPTY_BYTES } from '../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { StreamReader } from './duplex.ts';
import { HttpError } from './duplex.ts';
import type { Headers } from './headers.ts';

/** A message body as it comes in. */
export interface BodyReader {
  /** The next piece, null at the end. */
  read(): Sim<Uint8Array | null>;
  /** All that is left. Throws `bodyTooLarge` when that is more than `bytesMax` (default: as much as a file may hold). */
  bytes(bytesMax?: number): Sim<Uint8Array>;
  text(bytesMax?: number): Sim<string>;
  /** What Content-Length says, if it says anything. */
  readonly length: number | undefined;
}

/** A message body that is made while it is sent. With `length` it goes out with Content-Length, else chunked. */
export interface BodySource {
  readonly length?: number;
  read(): Sim<Uint8Array | null>;
}

export function isBodySource(body: unknown): body is BodySource {
  return typeof body === 'object' && body !== null && 'read' in body;
}

/** In the words of Go's http.MaxBytesReader. */
export const BODY_TOO_LARGE = 'http: request body too large';

/** Reads what is left of a body and keeps nothing of it. False when that is more than `bytesMax`; the rest stays unread. */
export function* drain(body: IncomingBody, bytesMax = Number.POSITIVE_INFINITY): Sim<boolean> {
  for (let left = bytesMax; !body.done; ) {
    if (left <= 0) return false;
    left -= (yield* body.read())?.length ?? 0;
  }
  return true;
}

abstract class Body implements BodyReader {
  done = false;
  abstract readonly length: number | undefined;
  abstract read(): Sim<Uint8Array | null>;

  *bytes(bytesMax = HTTP_BODY_BYTES_MAX): Sim<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let total = 0; ; ) {
      const part = yield* this.read();
      if (part === null) return parts.length === 0 ? EMPTY_BYTES : concatBytes(parts);
      parts.push(part);
      total += part.length;
      if (total > bytesMax) throw new HttpError('bodyTooLarge', BODY_TOO_LARGE);
    }
  }

  *text(bytesMax?: number): Sim<string> {
    return decodeUtf8(yield* this.bytes(bytesMax));
  }
}

class LengthBody extends Body {
  readonly length: number;
  readonly #reader: StreamReader;
  #left: number;

  constructor(reader: StreamReader, length: number) {
    super();
    this.#reader = reader;
    this.length = length;
    this.#left = length;
    this.done = length === 0;
  }

  *read(): Sim<Uint8Array | null> {
    if (this.done) return null;
    const data = yield* this.#reader.some(this.#left);
    if (data === null) {
      this.done = true;
      throw new HttpError('truncated', 'unexpected EOF');
    }
    this.#left -= data.length;
    this.done = this.#left === 0;
    return data;
  }
}

class ChunkedBody extends Body {
  readonly length = undefined;
  readonly #reader: StreamReader;
  /** Bytes left in the current chunk. */
  #left = 0;
  #first = true;

  constructor(reader: StreamReader) {
    super();
    this.#reader = reader;
  }

  *read(): Sim<Uint8Array | null> {
    if (this.done) return null;
    if (this.#left === 0) {
      if (!this.#first) yield* this.#reader.line();
      this.#first = false;
      const line = yield* this.#reader.line();
      const size = line === null ? Number.NaN : Number.parseInt(line, 16);
      if (Number.isNaN(size)) {
        this.done = true;
        throw new HttpError(line === null ? 'truncated' : 'malformed', line === null ? 'unexpected EOF' : 'malformed chunked encoding');
      }
      if (size === 0) {
        for (let trailer = yield* this.#reader.line(); trailer !== null && trailer !== ''; ) trailer = yield* this.#reader.line();
        this.done = true;
        return null;
      }
      this.#left = size;
    }
    const data = yield* this.#reader.some(this.#left);
    if (data === null) {
      this.done = true;
      throw new HttpError('truncated', 'unexpected EOF');
    }
    this.#left -= data.length;
    return data;
  }
}

class RestBody extends Body {
  readonly length = undefined;
  readonly #reader: StreamReader;

  constructor(reader: StreamReader) {
    super();
    this.#reader = reader;
  }

  *read(): Sim<Uint8Array | null> {
    if (this.done) return null;
    const data = yield* this.#reader.some();
    this.done = data === null;
    return data;
  }
}

/** A body with the knowledge whether the connection can be used again after it. */
export type IncomingBody = BodyReader & { readonly done: boolean };

/** Chooses how the body ends (RFC 9112, 6.3). `toEnd`: without any length it lasts until the connection closes (answers only). */
export function incomingBody(reader: StreamReader, headers: Headers, options: { none: boolean; toEnd: boolean }): IncomingBody {
  if (options.none) return new LengthBody(reader, 0);
  if (headers.hasToken('Transfer-Encoding', 'chunked')) return new ChunkedBody(reader);
  const length = headers.getAll('Content-Length')[0];
  if (length !== undefined && /^\d+$/.test(length)) return new LengthBody(reader, Number(length));
  return options.toEnd ? new RestBody(reader) : new LengthBody(reader, 0);
}

/** One chunk of a chunked body; the empty chunk would end it, so nothing is made of no bytes. */
export function chunk(data: Uint8Array): Uint8Array {
  if (data.length === 0) return EMPTY_BYTES;
  return concatBytes([encodeUtf8(`${data.length.toString(16)}\r\n`), data, encodeUtf8('\r\n')]);
}

export const LAST_CHUNK = encodeUtf8('0\r\n\r\n');
