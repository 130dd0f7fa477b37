import { describe, expect, test } from 'vitest';
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { httpConnection } from './client.ts';
import { httpDate } from './date.ts';
import type { Duplex } from './duplex.ts';
import { Headers } from './headers.ts';
import { percentDecode, Query } from './query.ts';
import type { HttpRequest, ResponseWriter } from './server.ts';
import { serveConnection } from './server.ts';

/** A peer that says these pieces, whatever it hears. */
function scripted(...pieces: string[]): Duplex & { readonly heard: string } {
  let heard = '';
  return {
    fd: -1,
    get heard() {
      return heard;
    },
    *read() {
      const next = pieces.shift();
      return next === undefined ? null : encodeUtf8(next);
    },
    *write(data) {
      heard += decodeUtf8(data);
    },
    *closeWrite() {},
    *close() {},
  };
}

/** Runs a coroutine that makes no system call. */
function finish<T>(sim: Sim<T>): T {
  const step = sim.next();
  if (!step.done) throw new Error(`unexpected system call ${step.value.op}`);
  return step.value;
}

describe('client', () => {
  test('a body with a length, then a chunked one on the same connection', () => {
    const peer = scripted(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le',
      'ngth: 5\r\n\r\nhelloHTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
      '2\r\nde\r\n0\r\n\r\n',
    );
    const connection = httpConnection(peer, 'web:8080');
    const first = finish(connection.request({ method: 'GET', path: '/' }));
    expect([first.status, first.reason, first.headers.get('content-type'), finish(first.body.text())]).toEqual([
      200,
      'OK',
      'text/plain',
      'hello',
    ]);
    const second = finish(
      connection.request({ method: 'POST', path: '/x?y=1', body: 'data', headers: new Headers({ 'Content-Type': 'a/b' }) }),
    );
    expect([second.status, finish(second.body.text()), connection.reusable]).toEqual([404, 'abcde', true]);
    expect(peer.heard).toBe(
      'GET / HTTP/1.1\r\nHost: web:8080\r\n\r\n' +
        'POST /x?y=1 HTTP/1.1\r\nHost: web:8080\r\nContent-Type: a/b\r\nContent-Length: 4\r\n\r\ndata',
    );
  });

  test('an upgraded stream begins with what came along with the head', () => {
    const peer = scripted('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nfirst', ' second');
    const connection = httpConnection(peer, 'localhost');
    const response = finish(connection.request({ method: 'POST', path: '/attach', upgrade: true }));
    const stream = response.stream();
    expect(decodeUtf8(finish(stream.read()) ?? new Uint8Array())).toBe('first');
    expect(decodeUtf8(finish(stream.read()) ?? new Uint8Array())).toBe(' second');
    expect(finish(stream.read())).toBeNull();
    expect(peer.heard).toBe('POST /attach HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  });

  test('a source without a length goes out in chunks', () => {
    const peer = scripted('HTTP/1.1 204 No Content\r\n\r\n');
    const pieces = ['one', 'three'];
    const body = {
      *read() {
        const piece = pieces.shift();
        return piece === undefined ? null : encodeUtf8(piece);
      },
    };
    expect(finish(httpConnection(peer, 'h').request({ method: 'PUT', path: '/', body })).status).toBe(204);
    expect(peer.heard).toBe('PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n');
  });

  test.each([
    ['nothing at all', [], 'EOF'],
    [
      'a head without an end',
      ['HTTP/1.1 200 OK\r\n', ...Array(200).fill('X-A: b\r\n'.repeat(1024))],
      'header too large: 1052680 > 1052672',
    ],
    ['another protocol', ['SSH-2.0-OpenSSH\r\n'], 'malformed HTTP response "SSH-2.0-OpenSSH"'],
  ])('%s', (_, pieces, message) => {
    expect(() => finish(httpConnection(scripted(...pieces), 'h').request({ method: 'GET', path: '/' }))).toThrow(message);
  });
});

test('headers keep order and spelling, and are found in any case', () => {
  const headers = new Headers([
    ['B', '1'],
    ['a', '2'],
    ['b', '3'],
  ]);
  expect(headers.get('b')).toBe('1, 3');
  headers.set('b', '4');
  expect(headers.toWire()).toBe('b: 4\r\na: 2\r\n');
});

test('queries', () => {
  const query = Query.parse('filters=%7B%22a%22%3Atrue%7D&all=1&x=a+b&x=c');
  expect([query.get('filters'), query.getAll('x'), query.get('none')]).toEqual(['{"a":true}', ['a b', 'c'], undefined]);
  expect(query.toString()).toBe('all=1&filters=%7B%22a%22%3Atrue%7D&x=a+b&x=c');
  expect(percentDecode('%c3%a9%zz')).toBe('é%zz');
});

test('dates', () => {
  expect(httpDate(784887151_000_000)).toBe('Tue, 15 Nov 1994 08:12:31 GMT');
});

describe('server', () => {
  const conn = { peer: { path: '' }, local: { path: '' } };
  const request = 'GET / HTTP/1.1\r\n\r\n';

  test.each([
    [
      'before its answer began: 500',
      function* (_req: HttpRequest, res: ResponseWriter): Sim<void> {
        res.headers.set('Date', 'today');
        throw new TypeError('boom');
      },
      /^HTTP\/1.1 500 Internal Server Error\r\n.*\r\n\r\nInternal Server Error\n$/s,
      2,
    ],
    [
      'after its answer began: the connection ends in the middle of it',
      function* (_req: HttpRequest, res: ResponseWriter): Sim<void> {
        res.headers.set('Date', 'today');
        res.headers.set('Content-Length', '9');
        yield* res.write('some');
        throw new TypeError('boom');
      },
      /^HTTP\/1.1 200 OK\r\n.*\r\n\r\nsome$/s,
      1,
    ],
  ])('a handler with a fault %s', (_name, handler, heard, answers) => {
    const peer = scripted(request + request);
    const faults: string[] = [];
    finish(serveConnection(peer, conn, handler, { onError: (error) => faults.push(String(error)) }));
    expect(peer.heard.slice(peer.heard.lastIndexOf('HTTP/1.1'))).toMatch(heard);
    expect(faults).toEqual(Array(answers).fill('TypeError: boom'));
  });

  const text = 'Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n';

  test.each([
    [
      'a head that never ends',
      'GET / HTTP/1.1\r\n',
      `HTTP/1.1 431 Request Header Fields Too Large\r\n${text}431 Request Header Fields Too Large`,
    ],
    ['a line that never ends', 'GET /', `HTTP/1.1 431 Request Header Fields Too Large\r\n${text}431 Request Header Fields Too Large`],
    ['what is not HTTP', 'hello\r\n', `HTTP/1.1 400 Bad Request\r\n${text}400 Bad Request`],
  ])('%s is refused as Go refuses it, without being kept', (_name, begin, heard) => {
    let read = 0;
    const peer = scripted(begin);
    const endless = {
      ...peer,
      *read() {
        const first = yield* peer.read();
        if (first !== null) return first;
        read += 65_536;
        return encodeUtf8(begin.endsWith('\n') ? 'X-A: b\r\n'.repeat(8192) : 'x'.repeat(65_536));
      },
    };
    finish(serveConnection(endless, conn, function* () {}));
    expect(peer.heard).toBe(heard);
    expect(read).toBeLessThan(2 << 20);
  });

  test('a server with limits and words of its own', () => {
    const peer = scripted(`GET / HTTP/1.1\r\n${'X-A: b\r\n'.repeat(101)}\r\n`);
    const headLimits = { bytesMax: 8192, lineBytesMax: 1024, fieldsMax: 100 };
    finish(
      serveConnection(peer, conn, function* () {}, {
        headLimits,
        *refuse({ fault, line }, res) {
          res.headers.set('Date', 'today');
          yield* res.writeHead(400);
          yield* res.end(`${line}: ${fault.message}\n`);
        },
      }),
    );
    expect(peer.heard).toBe(
      'HTTP/1.1 400 Bad Request\r\nDate: today\r\nContent-Length: 39\r\nConnection: close\r\n\r\nGET / HTTP/1.1: too many header fields\n',
    );
  });

  test('a body that no handler wanted is read so far as Go reads it; then the connection ends', () => {
    let read = 0;
    const peer = scripted('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n');
    const endless = {
      ...peer,
      *read() {
        const first = yield* peer.read();
        if (first !== null) return first;
        read += 1024;
        return encodeUtf8(`400\r\n${'x'.repeat(1024)}\r\n`);
      },
    };
    finish(
      serveConnection(endless, conn, function* (_req, res) {
        res.headers.set('Date', 'today');
      }),
    );
    expect(peer.heard).toBe('HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 0\r\n\r\n');
    expect(read).toBe(256 * 1024);
  });

  test('a handler that asks for a whole body gets no more than it says', () => {
    const peer = scripted('POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n', 'too much.');
    finish(
      serveConnection(peer, conn, function* (req, res) {
        res.headers.set('Date', 'today');
        yield* req.body.bytes(8);
      }),
    );
    expect(peer.heard).toBe(
      'HTTP/1.1 413 Request Entity Too Large\r\nDate: today\r\nContent-Length: 29\r\nConnection: close\r\n\r\nhttp: request body too large\n',
    );
  });
});
