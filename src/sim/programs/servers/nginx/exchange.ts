/** A request on its way through the configuration, and what every way to answer it needs. */
import type { Sim } from '../../../kernel/sim.ts';
import { calendarTime } from '../../../net/http/date.ts';
import type { HttpRequest, ResponseWriter } from '../../../net/http/server.ts';
import type { ErrorLog } from './log.ts';
import type { Configuration, ServerBlock, Settings } from './model.ts';

export interface Worker {
  readonly config: Configuration;
  readonly product: string; // 'nginx/1.27.5'
  readonly errors: ErrorLog;
  /** Open access logs by path. */
  readonly accessLogs: ReadonlyMap<string, number>;
  /** Addresses of upstream names, found at the start. */
  readonly upstreams: ReadonlyMap<string, readonly { readonly address: string; readonly port: number }[]>;
  /** Next server of an upstream. */
  readonly turns: Map<string, number>;
  connections: number;
  requests: number;
}

/** A request on its way through locations. */
export interface Exchange {
  readonly worker: Worker;
  readonly req: HttpRequest;
  readonly res: ResponseWriter;
  readonly server: ServerBlock;
  readonly connection: number;
  readonly client: { readonly address: string; readonly port: number };
  readonly port: number;
  readonly host: string;
  readonly begin: number;
  settings: Settings;
  /** Decoded path now, after internal redirects. */
  path: string;
  args: string;
}

/** $variables of a string. An unknown one is empty. */
export function expandVariables(x: Exchange, text: string): string {
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variable(x, name));
}

export function variable(x: Exchange, name: string): string {
  const { req, res } = x;
  const hostName = x.host.replace(/:\d+$/, '').toLowerCase();
  switch (name) {
    case 'remote_addr':
      return x.client.address;
    case 'remote_port':
      return String(x.client.port);
    case 'remote_user':
      return '';
    case 'time_local':
      return logTime(x.begin);
    case 'time_iso8601':
      return logTime(x.begin);
    case 'request':
      return `${req.method} ${req.target} ${req.version}`;
    case 'request_method':
      return req.method;
    case 'request_uri':
      return req.target;
    case 'uri':
    case 'document_uri':
      return x.path;
    case 'args':
    case 'query_string':
      return x.args;
    case 'is_args':
      return x.args === '' ? '' : '?';
    case 'status':
      return String(res.status);
    case 'body_bytes_sent':
    case 'bytes_sent':
      return String(res.sent);
    case 'host':
      return hostName || x.server.names[0];
    case 'http_host':
      return x.host;
    case 'hostname':
      return x.server.names[0];
    case 'server_name':
      return x.server.names[0];
    case 'server_port':
      return String(x.port);
    case 'server_protocol':
      return req.version;
    case 'scheme':
      return 'http';
    case 'nginx_version':
      return x.worker.product.slice('nginx/'.length);
    case 'document_root':
      return x.settings.root;
    case 'proxy_add_x_forwarded_for': {
      const before = req.headers.get('X-Forwarded-For');
      return before ? `${before}, ${x.client.address}` : x.client.address;
    }
    case 'content_type':
      return req.headers.get('Content-Type') ?? '';
    case 'content_length':
      return req.headers.get('Content-Length') ?? '';
    case 'request_time':
      return '0.000';
    case 'connection':
      return String(x.connection);
  }
  if (name.startsWith('http_')) return req.headers.get(name.slice(5).replaceAll('_', '-')) ?? '';
  if (name.startsWith('sent_http_')) return res.headers.get(name.slice(10).replaceAll('_', '-')) ?? '';
  if (name.startsWith('arg_')) return req.query.get(name.slice(4)) ?? '';
  return '';
}

export function logTime(epochUs: number): string {
  const t = calendarTime(epochUs);
  return `${t.day}/${t.month}/${t.year}:${t.time} +0000`;
}

/** An error line with the client, the server and the request after it. */
export function* logError(x: Exchange, level: string, text: string, upstream?: string): Sim<void> {
  const tail = [
    `client: ${x.client.address}`,
    `server: ${x.server.names[0]}`,
    `request: "${x.req.method} ${x.req.target} ${x.req.version}"`,
    ...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
    ...(x.host === '' ? [] : [`host: "${x.host}"`]),
  ];
  yield* x.worker.errors.line(level, `*${x.connection} ${text}, ${tail.join(', ')}`);
}

export function finishHead(x: Exchange, status: number, length: number | undefined): void {
  const { headers } = x.res;
  if (length !== undefined && !headers.has('Content-Length') && status !== 304 && status !== 204)
    headers.set('Content-Length', String(length));
  const lastModified = headers.get('X-Last-Modified');
  headers.delete('X-Last-Modified');
  if (lastModified !== undefined) headers.set('Last-Modified', lastModified);
  headers.set(
    'Connection',
    x.settings.keepAlive && !x.req.headers.hasToken('Connection', 'close') && x.req.version === 'HTTP/1.1' ? 'keep-alive' : 'close',
  );
  const tag = headers.get('X-Entity-Tag');
  headers.delete('X-Entity-Tag');
  if (tag !== undefined) {
    headers.set('ETag', tag);
    if (status === 200) headers.set('Accept-Ranges', 'bytes');
  }
  const plain = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status);
  for (const h of x.settings.addHeaders) if (plain || h.always) headers.append(h.name, expandVariables(x, h.value));
}
