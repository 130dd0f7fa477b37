import { HTTP_HEAD_BYTES_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, read, shutdown, write } from '../../kernel/syscalls.ts';
import { concatBytes, EMPTY_BYTES } from '../../lib/bytes.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';

/** A byte stream in both directions: a connected socket, or what is left of an HTTP connection after an upgrade. */
export interface Duplex {
  /** Null at end of file. */
  read(): Sim<Uint8Array | null>;
  write(data: Uint8Array): Sim<void>;
  /** The peer reads end of file; it may go on sending. */
  closeWrite(): Sim<void>;
  close(): Sim<void>;
  /** -1 where there is none (tests). */
  readonly fd: number;
}

const CHUNK = 65_536;

/** A connected stream socket as a {@link Duplex}. */
export function fdDuplex(fd: number): Duplex {
  let open = true;
  return {
    fd,
    *read() {
      const data = yield* read(fd, CHUNK);
      return data.length === 0 ? null : data;
    },
    *write(data) {
      yield* write(fd, data);
    },
    *closeWrite() {
      yield* shutdown(fd, 'write');
    },
    *close() {
      if (!open) return;
      open = false;
      yield* close(fd);
    },
  };
}

/** Thrown when a message ends too early or is not HTTP. */
export class HttpError extends Error {
  /**
   * 'eof': nothing came at all; 'truncated': the connection ended inside a message; 'malformed': not HTTP; 'targetTooLong', 'headTooLarge',
   * 'tooManyFields', 'bodyTooLarge': more than the reader takes.
   */
  readonly kind: 'eof' | 'truncated' | 'malformed' | 'targetTooLong' | 'headTooLarge' | 'tooManyFields' | 'bodyTooLarge';
  constructor(kind: HttpError['kind'], message: string) {
    super(message);
    this.name = 'HttpError';
    this.kind = kind;
  }
}

/** The message ends in the two numbers, as curl's does. */
export function headTooLarge(bytes: number, bytesMax: number): HttpError {
  return new HttpError('headTooLarge', `header too large: ${bytes} > ${bytesMax}`);
}

/** Reads lines and exact counts from a {@link Duplex}, keeping what came too early. */
export class StreamReader {
  readonly #source: Pick<Duplex, 'read'>;
  #buffer: Uint8Array = EMPTY_BYTES;
  #ended = false;

  constructor(source: Pick<Duplex, 'read'>) {
    this.#source = source;
  }

  get buffered(): number {
    return this.#buffer.length;
  }

  /** Bytes that somebody else took off the stream are put back at the end of the buffer; null means end of file. */
  push(data: Uint8Array | null): void {
    if (data === null) this.#ended = true;
    else this.#buffer = this.#buffer.length === 0 ? data : concatBytes([this.#buffer, data]);
  }

  *#fill(): Sim<boolean> {
    if (this.#ended) return false;
    const data = yield* this.#source.read();
    this.push(data);
    return data !== null;
  }

  /** A line without its CRLF or LF; null at end of file before any byte. Of a line longer than `bytesMax` no more is read. */
  *line(bytesMax = HTTP_HEAD_BYTES_MAX): Sim<string | null> {
    let scanned = 0;
    for (;;) {
      const at = this.#buffer.indexOf(10, scanned);
      if (at >= 0) {
        if (at > bytesMax) throw headTooLarge(at, bytesMax);
        const end = at > 0 && this.#buffer[at - 1] === 13 ? at - 1 : at;
        const text = decodeUtf8(this.#buffer.subarray(0, end));
        this.#buffer = this.#buffer.subarray(at + 1);
        return text;
      }
      scanned = this.#buffer.length;
      if (scanned > bytesMax) throw headTooLarge(scanned, bytesMax);
      if (!(yield* this.#fill())) {
        if (this.#buffer.length === 0) return null;
        throw new HttpError('truncated', 'unexpected EOF');
      }
    }
  }

  /** What has come of a line that is too long, without taking it. */
  begun(bytesMax: number): string {
    return decodeUtf8(this.#buffer.subarray(0, bytesMax));
  }

  /** At most `limit` bytes, as soon as there are some; null at end of file. */
  *some(limit = CHUNK): Sim<Uint8Array | null> {
    while (this.#buffer.length === 0) if (!(yield* this.#fill())) return null;
    const data = this.#buffer.subarray(0, limit);
    this.#buffer = this.#buffer.subarray(data.length);
    return data;
  }

  /** The first byte that will come, without taking it. */
  *peek(): Sim<number | null> {
    while (this.#buffer.length === 0) if (!(yield* this.#fill())) return null;
    return this.#buffer[0];
  }

  /** Exactly `count` bytes. */
  *exactly(count: number): Sim<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let left = count; left > 0; ) {
      const part = yield* this.some(left);
      if (part === null) throw new HttpError('truncated', 'unexpected EOF');
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 0 ? EMPTY_BYTES : concatBytes(parts);
  }
}

/** The stream behind an upgraded connection: first what the reader has already, then the socket. */
export function remainingDuplex(reader: StreamReader, under: Duplex): Duplex {
  return {
    fd: under.fd,
    read: () => reader.some(),
    write: (data) => under.write(data),
    closeWrite: () => under.closeWrite(),
    close: () => under.close(),
  };
}
