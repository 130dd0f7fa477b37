/** Taking the connection over for attach and exec. */
import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Duplex } from '../../net/http/duplex.ts';
import type { ResponseWriter } from '../../net/http/server.ts';
import type { ApiRequest } from '../route.ts';
import type { HijackedStreams } from '../types/streams.ts';
import { olderThan } from '../version.ts';
import { frame, STDERR, STDOUT } from './multiplex.ts';

const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';
export const RAW = 'application/vnd.docker.raw-stream';

/** The media type of an attached or logged stream; the multiplexed one has a name of its own since API 1.42. */
export function streamType(req: ApiRequest, tty: boolean): string {
  return tty || olderThan(req, '1.42') ? RAW : MULTIPLEXED;
}

/**
 * Writes the head (101 when the client asked for an upgrade, else 200) and gives the streams. With a terminal the bytes are
 * raw, otherwise framed. `fixed`: repeat the headers that every answer has, which exec does and attach does not.
 */
export function* hijackStreams(req: ApiRequest, res: ResponseWriter, tty: boolean, fixed = false): Sim<HijackedStreams> {
  const upgrade = req.headers.has('Upgrade');
  const type = upgrade ? streamType(req, tty) : RAW;
  const common = fixed ? fixedHeaders(res) : '';
  res.headers.set('Content-Type', type);
  res.status = upgrade ? 101 : 200;
  const stream = yield* res.hijack();
  const head = upgrade
    ? `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${type}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n`
    : `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n`;
  yield* stream.write(encodeUtf8(`${head}${common}\r\n`));
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

function framed(stream: Duplex, tty: boolean): HijackedStreams {
  return {
    read: () => stream.read(),
    stdout: (data) => stream.write(tty ? data : frame(STDOUT, data)),
    stderr: (data) => stream.write(tty ? data : frame(STDERR, data)),
    close: () => stream.close(),
  };
}
