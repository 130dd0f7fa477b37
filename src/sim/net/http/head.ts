import { HTTP_HEAD_BYTES_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { StreamReader } from './duplex.ts';
import { HttpError, headTooLarge } from './duplex.ts';
import type { Headers } from './headers.ts';

/** How much of a message's head a program takes; what is more it refuses, so that nobody fills its memory with header lines. */
export interface HeadLimits {
  /** Bytes of the head without its first line. */
  readonly bytesMax: number;
  /** Bytes of one line. */
  readonly lineBytesMax: number;
  readonly fieldsMax: number;
}

/** Go's, who counts bytes only. */
export const GO_HEAD_LIMITS: HeadLimits = {
  bytesMax: HTTP_HEAD_BYTES_MAX,
  lineBytesMax: HTTP_HEAD_BYTES_MAX,
  fieldsMax: Number.POSITIVE_INFINITY,
};

/** Header lines up to the empty one. */
export function* readHeaderLines(reader: StreamReader, headers: Headers, limits: HeadLimits = GO_HEAD_LIMITS): Sim<void> {
  let bytes = 0;
  for (let fields = 0; ; fields++) {
    const line = yield* reader.line(limits.lineBytesMax);
    if (line === null) throw new HttpError('truncated', 'unexpected EOF');
    if (line === '') return;
    bytes += line.length + 2;
    if (bytes > limits.bytesMax) throw headTooLarge(bytes, limits.bytesMax);
    if (fields >= limits.fieldsMax) throw new HttpError('tooManyFields', 'too many header fields');
    const at = line.indexOf(':');
    if (at <= 0) throw new HttpError('malformed', `malformed MIME header line: ${line}`);
    headers.append(line.slice(0, at).trimEnd(), line.slice(at + 1).trim());
  }
}

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** The request line and the header lines; null when no request comes any more. `refused` learns how far it got. */
export function* readRequestHead(
  reader: StreamReader,
  headers: Headers,
  limits: HeadLimits,
  refused: { line: string; headers: Headers },
): Sim<RequestHead | null> {
  let line = yield* requestLine(reader, limits, refused);
  if (line === '') line = yield* requestLine(reader, limits, refused);
  if (line === null) return null;
  refused.line = line;
  const match = /^([!-~]+) (\S+)(?: (HTTP\/1\.[01]))?$/.exec(line);
  if (!match) throw new HttpError('malformed', `malformed HTTP request "${line}"`);
  const [, method, target, version = 'HTTP/1.0'] = match;
  yield* readHeaderLines(reader, headers, limits);
  return { method, target, version };
}

function* requestLine(reader: StreamReader, limits: HeadLimits, refused: { line: string }): Sim<string | null> {
  try {
    return yield* reader.line(limits.lineBytesMax);
  } catch (error) {
    if (!(error instanceof HttpError) || error.kind !== 'headTooLarge') throw error;
    refused.line = reader.begun(limits.lineBytesMax);
    throw new HttpError('targetTooLong', error.message);
  }
}
