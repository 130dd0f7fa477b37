/** Taking the connection over for attach and exec. */
import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Duplex } from '../../net/http/duplex.ts';
import type { ResponseWriter } from '../../net/http/server.ts';
import type { ApiRequest } from '../route.ts';
import type { HijackedStreams } from '../types/streams.ts';
import { frame, STDERR, STDOUT } from './multiplex.ts';

export const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';
export const RAW = 'application/vnd.docker.raw-stream';

/** The version from which attach and exec name the multiplexed media type. */
const MULTIPLEX_TYPE_SINCE = 42;

/**
 * Writes the head (101 when the client asked for an upgrade, else 200) and gives the streams. With a terminal the bytes are
 * raw, otherwise framed.
 */
export function* hijackStreams(req: ApiRequest, res: ResponseWriter, tty: boolean): Sim<HijackedStreams> {
  const upgrade = req.headers.has('Upgrade');
  const minor = Number(req.version.split('.')[1] ?? 0);
  const type = upgrade && !tty && minor >= MULTIPLEX_TYPE_SINCE ? MULTIPLEXED : RAW;
  res.headers.set('Content-Type', type);
  res.status = upgrade ? 101 : 200;
  const stream = yield* res.hijack();
  yield* stream.write(
    encodeUtf8(
      upgrade
        ? `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${type}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n${fixedHeaders(res)}\r\n`
        : `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n`,
    ),
  );
  return framed(stream, tty);
}

function fixedHeaders(res: ResponseWriter): string {
  let out = '';
  for (const name of ['Api-Version', 'Docker-Experimental', 'Ostype', 'Server']) {
    const value = res.headers.get(name);
    if (value !== undefined) out += `${name}: ${value}\r\n`;
  }
  return out;
}

export function framed(stream: Duplex, tty: boolean): HijackedStreams {
  return {
    read: () => stream.read(),
    stdout: (data) => stream.write(tty ? data : frame(STDOUT, data)),
    stderr: (data) => stream.write(tty ? data : frame(STDERR, data)),
    close: () => stream.close(),
  };
}
