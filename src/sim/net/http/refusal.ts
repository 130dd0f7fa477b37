import type { Sim } from '../../kernel/sim.ts';
import { now, poll } from '../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Duplex, HttpError } from './duplex.ts';
import type { Headers } from './headers.ts';
import { reasonPhrase } from './status.ts';

/** A request whose head could not be read: why, and what there was of it. */
export interface RefusedRequest {
  readonly fault: HttpError;
  /** The request line, or what came of it when that itself was too long. */
  readonly line: string;
  readonly headers: Headers;
}

/** In the words of Go's net/http, which has one status for all that is too large. */
export function goRefusal(fault: HttpError): Uint8Array {
  const status = fault.kind === 'malformed' ? 400 : 431;
  const title = `${status} ${reasonPhrase(status)}`;
  return encodeUtf8(`HTTP/1.1 ${title}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${title}`);
}

/** How long Go waits for a peer that still sends (rstAvoidanceDelay), microseconds. */
const LINGER_TIME = 500_000;

/**
 * Lets the peer read the answer before the connection is closed: unread bytes would reset it, and the answer might be lost to a
 * peer that still sends (Go's closeWriteAndWait, nginx's lingering_close). What comes meanwhile is thrown away.
 */
export function* linger(stream: Duplex): Sim<void> {
  yield* stream.closeWrite();
  if (stream.fd < 0) return;
  for (let end = (yield* now()) + LINGER_TIME; ; ) {
    const left = end - (yield* now());
    if (left <= 0 || (yield* poll([{ fd: stream.fd, read: true }], left)).length === 0) return;
    if ((yield* stream.read()) === null) return;
  }
}
