/** One URL of a curl command: connection, request, redirects, answer. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  close,
  connect,
  getpeername,
  getsockname,
  isatty,
  mkdirAll,
  now,
  open,
  readAll,
  readFile,
  socket,
  write,
} from '../../kernel/syscalls.ts';
import { concatBytes } from '../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { HostNotFound, resolveHost } from '../../net/dns/resolve.ts';
import type { HttpConnection, HttpResponse } from '../../net/http/client.ts';
import { hostHeader, httpConnection } from '../../net/http/client.ts';
import { fdDuplex, HttpError } from '../../net/http/duplex.ts';
import type { HeadLimits } from '../../net/http/head.ts';
import { Headers } from '../../net/http/headers.ts';
import { percentEncode } from '../../net/http/query.ts';
import { TlsError, tlsClientHandshake } from '../../net/tls.ts';
import { base64 } from './base64.ts';
import type { CurlOptions } from './curlOptions.ts';
import { withTimeout } from './timeout.ts';
import type { Url } from './url.ts';
import { fileNameOf, formatUrl, parseUrl, resolveUrl } from './url.ts';

/** MAX_HTTP_RESP_HEADER_SIZE and MAX_HTTP_RESP_HEADER_COUNT of curl's lib/http.h. */
const HEAD_LIMITS: HeadLimits = { bytesMax: 300 * 1024, lineBytesMax: 300 * 1024, fieldsMax: 5000 };

/** A transfer that failed, with curl's exit code. */
export class CurlError extends Error {
  readonly exit: number;
  constructor(exit: number, message: string) {
    super(message);
    this.exit = exit;
  }
}

/** What --write-out can tell. Times are microseconds since the start. */
export interface TransferInfo {
  url: Url | undefined;
  status: number;
  contentType: string;
  redirects: number;
  redirectUrl: string;
  downloaded: number;
  uploaded: number;
  headerBytes: number;
  total: number;
  lookup: number;
  connected: number;
  firstByte: number;
  remote: { address: string; port: number } | undefined;
  local: { address: string; port: number } | undefined;
  method: string;
  expected: number | undefined;
  started: number;
}

export function newInfo(started: number): TransferInfo {
  return {
    url: undefined,
    status: 0,
    contentType: '',
    redirects: 0,
    redirectUrl: '',
    downloaded: 0,
    uploaded: 0,
    headerBytes: 0,
    total: 0,
    lookup: 0,
    connected: 0,
    firstByte: 0,
    remote: undefined,
    local: undefined,
    method: 'GET',
    expected: undefined,
    started,
  };
}

interface Body {
  readonly bytes: Uint8Array | undefined;
  readonly type: string | undefined;
}

export interface TransferSink {
  /** Body bytes and, with -i or -I, header lines. */
  write(data: Uint8Array): Sim<void>;
}

/** Fetches one URL into `sink`. Throws {@link CurlError}. */
export function* transfer(text: string, o: CurlOptions, sink: TransferSink, info: TransferInfo): Sim<void> {
  const first = parseUrl(text);
  if (!first) throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  let url: Url = first;
  const body = yield* requestBody(o);
  if (o.get && body.bytes) url = { ...url, path: `${url.path}${url.path.includes('?') ? '&' : '?'}${decodeUtf8(body.bytes)}` };
  let payload = o.get ? undefined : body.bytes;
  let method = o.method ?? (o.head ? 'HEAD' : payload ? (o.upload !== undefined ? 'PUT' : 'POST') : 'GET');
  for (;;) {
    info.url = url;
    info.method = method;
    const connection = yield* openConnection(url, o, info);
    try {
      const response = yield* exchange(connection, url, method, payload, body.type, o, info);
      const location = response.headers.get('Location');
      const redirected = response.status >= 300 && response.status < 400 && location !== undefined ? resolveUrl(url, location) : null;
      info.redirectUrl = redirected && !o.location ? formatUrl(redirected) : '';
      yield* showHead(response, o, sink, info);
      if (o.fail && response.status >= 400) throw new CurlError(22, `The requested URL returned error: ${response.status}`);
      const follow = o.location && redirected !== null;
      if (o.verbose && follow) yield* note(`Ignoring the response-body`);
      yield* receive(response, follow ? undefined : sink, info);
      if (o.verbose) yield* note(`Connection #${info.redirects} to host ${url.host} left intact`);
      if (!follow || redirected === null) {
        if (o.failWithBody && response.status >= 400) throw new CurlError(22, `The requested URL returned error: ${response.status}`);
        return;
      }
      if (info.redirects >= o.maxRedirects) throw new CurlError(47, `Maximum (${o.maxRedirects}) redirects followed`);
      info.redirects++;
      if (o.verbose) yield* note(`Issue another request to this URL: '${formatUrl(redirected)}'`);
      if (o.method === undefined && (response.status === 303 || (response.status < 303 && method === 'POST'))) {
        method = method === 'HEAD' ? 'HEAD' : 'GET';
        payload = undefined;
      }
      url = redirected;
    } catch (error) {
      throw wireError(error, o, info);
    } finally {
      yield* connection.close();
    }
  }
}

function* note(text: string): Sim<void> {
  yield* write(2, `* ${text}\n`);
}

function wireError(error: unknown, o: CurlOptions, info: TransferInfo): unknown {
  if (error instanceof HttpError) {
    if (error.kind === 'eof') return new CurlError(52, 'Empty reply from server');
    if (error.kind === 'malformed')
      return error.message.startsWith('malformed HTTP response')
        ? new CurlError(1, 'Received HTTP/0.9 when not allowed')
        : new CurlError(56, error.message);
    if (error.kind === 'headTooLarge') return new CurlError(56, error.message.replace('header too large', 'Too large response headers'));
    if (error.kind === 'tooManyFields') return new CurlError(56, `Too many response headers, ${HEAD_LIMITS.fieldsMax} is max`);
    const left = (info.expected ?? 0) - info.downloaded;
    return info.expected === undefined
      ? new CurlError(18, 'transfer closed with outstanding read data remaining')
      : new CurlError(18, `transfer closed with ${left} bytes remaining to read`);
  }
  if (error instanceof Errno) {
    if (error.code === 'ECONNRESET') return new CurlError(56, 'Recv failure: Connection reset by peer');
    if (error.code === 'EPIPE' && !o.verbose) return new CurlError(23, 'Failed writing body');
    return new CurlError(56, `Recv failure: ${error.message}`);
  }
  return error;
}

function* openConnection(url: Url, o: CurlOptions, info: TransferInfo): Sim<HttpConnection> {
  if (url.scheme !== 'http' && url.scheme !== 'https')
    throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  const authority = hostHeader(url.host, url.port, url.scheme === 'https');
  const begin = yield* now();
  const elapsed = function* (): Sim<number> {
    return Math.round(((yield* now()) - begin) / 1000);
  };
  if (o.unixSocket !== undefined) {
    if (o.verbose) yield* note(`  Trying ${o.unixSocket}:0...`);
    const fd = yield* socket('unix', 'stream');
    try {
      yield* connect(fd, { path: o.unixSocket });
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      throw new CurlError(7, `Failed to connect to ${url.host} port ${url.port} after ${yield* elapsed()} ms: Couldn't connect to server`);
    }
    if (o.verbose) yield* note(`Connected to ${url.host} (${o.unixSocket}) port ${url.port} (#${info.redirects})`);
    return httpConnection(fdDuplex(fd), authority, HEAD_LIMITS);
  }
  const connected = yield* withTimeout(o.connectTimeout, () => connectAny(url, o, info));
  if (!connected)
    throw new CurlError(28, `Failed to connect to ${url.host} port ${url.port} after ${yield* elapsed()} ms: Timeout was reached`);
  const { value: fd } = connected;
  const peer = yield* getpeername(fd);
  const own = yield* getsockname(fd);
  if ('port' in peer) info.remote = peer;
  if ('port' in own) info.local = own;
  info.connected = (yield* now()) - info.started;
  if (o.verbose) yield* note(`Connected to ${url.host} (${info.remote?.address}) port ${url.port} (#${info.redirects})`);
  const stream = fdDuplex(fd);
  if (url.scheme === 'https') {
    try {
      const certificate = yield* tlsClientHandshake(stream, url.host, { insecure: o.insecure });
      if (o.verbose) {
        yield* note('SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384');
        yield* note('Server certificate:');
        yield* note(` subject: CN=${certificate.names[0]}`);
        yield* note(` issuer: CN=${certificate.issuer}`);
      }
    } catch (error) {
      yield* stream.close();
      if (error instanceof TlsError) throw new CurlError(...tlsMessage(error, url.host));
      throw new CurlError(
        35,
        `OpenSSL SSL_connect: ${error instanceof Errno ? error.message : 'SSL_ERROR_SYSCALL'} in connection to ${url.host}:${url.port} `,
      );
    }
  }
  return httpConnection(stream, authority, HEAD_LIMITS);
}

function tlsMessage(error: TlsError, host: string): [number, string] {
  switch (error.reason) {
    case 'notTls':
      return [35, 'error:0A00010B:SSL routines::wrong version number'];
    case 'wrongName':
      return [60, `SSL: no alternative certificate subject name matches target host name '${host}'\n${MORE_ABOUT_CERTIFICATES}`];
    case 'expired':
      return [60, `SSL certificate problem: certificate has expired\n${MORE_ABOUT_CERTIFICATES}`];
    case 'unknownAuthority':
      return [60, `SSL certificate problem: self-signed certificate\n${MORE_ABOUT_CERTIFICATES}`];
  }
}

const MORE_ABOUT_CERTIFICATES =
  'More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.';

function* connectAny(url: Url, o: CurlOptions, info: TransferInfo): Sim<number> {
  const begin = yield* now();
  let addresses: readonly string[];
  const fixed = o.resolve
    .map((entry) => /^\+?([^:]+):(\d+):(.*)$/.exec(entry))
    .find((m) => m && m[1] === url.host && Number(m[2]) === url.port);
  try {
    addresses = fixed ? fixed[3].split(',').map((a) => a.replace(/^\[(.*)\]$/, '$1')) : yield* resolveHost(url.host);
  } catch (error) {
    if (error instanceof HostNotFound) throw new CurlError(6, `Could not resolve host: ${url.host}`);
    throw error;
  }
  info.lookup = (yield* now()) - info.started;
  let last: Errno | undefined;
  for (const address of addresses) {
    if (o.verbose) yield* note(`  Trying ${address.includes(':') ? `[${address}]` : address}:${url.port}...`);
    const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', 'stream');
    let keep = false;
    try {
      yield* connect(fd, { address, port: url.port });
      keep = true;
      return fd;
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      last = error;
      if (o.verbose) yield* note(`connect to ${address} port ${url.port} failed: ${error.message}`);
    } finally {
      if (!keep) yield* close(fd);
    }
  }
  const ms = Math.round(((yield* now()) - begin) / 1000);
  if (last?.code === 'ETIMEDOUT')
    throw new CurlError(28, `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Connection timed out`);
  throw new CurlError(7, `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Couldn't connect to server`);
}

function* requestBody(o: CurlOptions): Sim<Body> {
  if (o.upload !== undefined) return { bytes: o.upload === '-' ? yield* readAll(0) : yield* readFile(o.upload), type: undefined };
  if (o.form.length > 0) return yield* formBody(o.form);
  if (o.data.length === 0) return { bytes: undefined, type: undefined };
  const parts: Uint8Array[] = [];
  for (const { kind, value } of o.data) {
    if (parts.length > 0 && !(o.headers.includes('Accept: application/json') && kind === 'binary')) parts.push(encodeUtf8('&'));
    if (kind === 'urlencode') {
      const at = value.search(/[=@]/);
      const name = at > 0 ? `${value.slice(0, at)}=` : '';
      const content = at >= 0 && value[at] === '@' ? decodeUtf8(yield* dataFile(value.slice(at + 1))) : value.slice(at + 1);
      parts.push(encodeUtf8(name + percentEncode(content)));
    } else if (kind !== 'raw' && value.startsWith('@')) {
      const content = yield* dataFile(value.slice(1));
      parts.push(kind === 'binary' ? content : content.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0));
    } else {
      parts.push(encodeUtf8(value));
    }
  }
  return { bytes: concatBytes(parts), type: 'application/x-www-form-urlencoded' };
}

function* dataFile(path: string): Sim<Uint8Array> {
  if (path === '-') return yield* readAll(0);
  try {
    return yield* readFile(path);
  } catch (error) {
    if (error instanceof Errno) throw new CurlError(26, `Failed to open ${path}`);
    throw error;
  }
}

function* formBody(fields: readonly string[]): Sim<Body> {
  const boundary = '------------------------d74496d66958873e';
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    const at = field.indexOf('=');
    const name = field.slice(0, at);
    const value = field.slice(at + 1);
    if (value.startsWith('@')) {
      const path = value.slice(1).split(';')[0];
      parts.push(
        encodeUtf8(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${path.split('/').at(-1)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
      );
      parts.push(yield* dataFile(path), encodeUtf8('\r\n'));
    } else {
      parts.push(encodeUtf8(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
    }
  }
  parts.push(encodeUtf8(`--${boundary}--\r\n`));
  return { bytes: concatBytes(parts), type: `multipart/form-data; boundary=${boundary}` };
}

function* exchange(
  connection: HttpConnection,
  url: Url,
  method: string,
  payload: Uint8Array | undefined,
  type: string | undefined,
  o: CurlOptions,
  info: TransferInfo,
): Sim<HttpResponse> {
  const headers = new Headers([['Host', hostHeader(url.host, url.port, url.scheme === 'https')]]);
  const user = o.user ?? url.user;
  if (user !== undefined) headers.append('Authorization', `Basic ${base64(encodeUtf8(user))}`);
  if (o.userAgent !== '') headers.append('User-Agent', o.userAgent);
  headers.append('Accept', '*/*');
  if (o.referer !== undefined) headers.append('Referer', o.referer);
  if (o.cookie?.includes('=')) headers.append('Cookie', o.cookie);
  if (payload) {
    headers.append('Content-Length', String(payload.length));
    if (type !== undefined) headers.append('Content-Type', type);
  }
  for (const header of o.headers) {
    const match = /^([^:;]+)(?:([:;])\s*(.*))?$/.exec(header);
    if (!match) continue;
    if (match[2] === ':' && match[3] === '') headers.delete(match[1]);
    else if (headers.has(match[1])) headers.set(match[1], match[3] ?? '');
    else headers.append(match[1], match[3] ?? '');
  }
  if (o.verbose)
    yield* write(
      2,
      `${[`${method} ${url.path} HTTP/1.1`, ...headers.entries().map(([name, value]) => `${name}: ${value}`), ''].map((line) => `> ${line}\n`).join('')}`,
    );
  const response = yield* connection.request({ method, path: url.path, headers, body: payload });
  info.uploaded += payload?.length ?? 0;
  info.firstByte = (yield* now()) - info.started;
  info.status = response.status;
  info.contentType = response.headers.get('Content-Type') ?? '';
  return response;
}

function* showHead(response: HttpResponse, o: CurlOptions, sink: TransferSink, info: TransferInfo): Sim<void> {
  const lines = [
    `${response.version} ${response.status} ${response.reason}`,
    ...response.headers.entries().map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  if (o.verbose) yield* write(2, lines.map((line) => `< ${line}\n`).join(''));
  const head = encodeUtf8(lines.map((line) => `${line}\r\n`).join(''));
  info.headerBytes += head.length;
  if (o.include || o.head) yield* sink.write(head);
  if (o.dumpHeader === undefined) return;
  if (o.dumpHeader === '-') {
    yield* write(1, head);
    return;
  }
  const fd = yield* open(o.dumpHeader, 'a');
  yield* write(fd, head);
  yield* close(fd);
}

function* receive(response: HttpResponse, sink: TransferSink | undefined, info: TransferInfo): Sim<void> {
  info.expected = response.body.length;
  if (info.method === 'HEAD') return;
  for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) {
    if (sink) {
      info.downloaded += data.length;
      yield* sink.write(data);
    }
  }
}

/** Where the body of a URL goes: a file that is made with its first byte, or standard output. */
export function* openSink(
  url: string,
  output: string | null | undefined,
  o: CurlOptions,
): Sim<{ sink: TransferSink; toFile: boolean; finish(): Sim<void> }> {
  let path = output;
  if (output === null) {
    const parsed = parseUrl(url);
    path = parsed ? fileNameOf(parsed) : '';
    if (path === '') throw new CurlError(23, 'Remote file name has no length!');
  }
  if (path === undefined || path === null || path === '-') {
    return { sink: { write: (data) => forward(data) }, toFile: false, *finish() {} };
  }
  const target = path;
  let fd: number | undefined;
  return {
    toFile: true,
    sink: {
      *write(data) {
        if (fd === undefined) {
          const slash = target.lastIndexOf('/');
          if (o.createDirs && slash > 0) yield* mkdirAll(target.slice(0, slash));
          try {
            fd = yield* open(target, 'w', 0o644);
          } catch (error) {
            if (error instanceof Errno) throw new CurlError(23, 'Failure writing output to destination');
            throw error;
          }
        }
        yield* write(fd, data);
      },
    },
    *finish() {
      if (fd !== undefined) yield* close(fd);
    },
  };
}

function* forward(data: Uint8Array): Sim<void> {
  yield* write(1, data);
}

/** Whether a meter is drawn: not while the body itself goes to a terminal. */
export function* wantsMeter(o: CurlOptions, toFile: boolean): Sim<boolean> {
  if (o.silent) return false;
  return toFile || !(yield* isatty(1));
}
