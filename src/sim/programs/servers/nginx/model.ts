/** What a configuration means: listeners, servers, locations, upstreams. */

import { compileRegex, type Regex } from '../../../lib/regex/regex.ts';
import type { Directive } from './configFile.ts';
import { ConfigError, fault } from './configFile.ts';

export interface Listen {
  /** '' is any. */
  readonly address: string;
  readonly port: number;
  readonly six: boolean;
  readonly defaultServer: boolean;
}

/** Directives that are inherited from http to server to location. */
export interface Settings {
  readonly root: string;
  readonly alias: string | undefined;
  readonly index: readonly string[];
  readonly autoindex: boolean;
  readonly errorPages: ReadonlyMap<number, { readonly uri: string; readonly status: number | undefined }>;
  readonly addHeaders: readonly { readonly name: string; readonly value: string; readonly always: boolean }[];
  readonly types: ReadonlyMap<string, string>;
  readonly defaultType: string;
  readonly tryFiles: readonly string[] | undefined;
  /** Undefined is the http level's or the built-in one; null is off. */
  readonly accessLog: { readonly path: string; readonly format: string } | null;
  readonly bodyMax: number;
  readonly proxyHeaders: readonly (readonly [string, string])[];
  readonly serverTokens: boolean;
  readonly denyAll: boolean;
  readonly keepAlive: boolean;
}

export interface Return {
  readonly status: number;
  readonly text: string | undefined;
}

export interface Location {
  readonly kind: '=' | '^~' | 'prefix' | 'regex' | 'named';
  readonly path: string;
  readonly pattern: Regex | undefined;
  readonly settings: Settings;
  readonly proxyPass: ProxyTarget | undefined;
  readonly return: Return | undefined;
  readonly rewrites: readonly Rewrite[];
  readonly stubStatus: boolean;
  readonly inner: readonly Location[];
}

export interface Rewrite {
  readonly pattern: Regex;
  readonly replacement: string;
  readonly flag: string | undefined;
}

export interface ProxyTarget {
  readonly scheme: string;
  /** Host with its port as it was written: the Host header and the upstream's name. */
  readonly authority: string;
  /** Path part, or undefined when the request's path is passed on. */
  readonly path: string | undefined;
  readonly at: { readonly file: string; readonly line: number };
}

export interface ServerBlock {
  readonly listens: readonly Listen[];
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly locations: readonly Location[];
  readonly return: Return | undefined;
  readonly rewrites: readonly Rewrite[];
}

export interface Configuration {
  readonly user: string | undefined;
  readonly userAt: { readonly file: string; readonly line: number };
  readonly workers: number | 'auto';
  readonly daemon: boolean;
  readonly errorLog: string;
  readonly errorLevel: string;
  readonly pid: string;
  readonly servers: readonly ServerBlock[];
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  readonly formats: ReadonlyMap<string, string>;
}

/** Known directives that change nothing here. An unknown name is an error, as in nginx. */
const QUIET = new Set(
  `worker_connections use multi_accept worker_rlimit_nofile worker_cpu_affinity load_module env timer_resolution sendfile tcp_nopush tcp_nodelay keepalive_requests
  types_hash_max_size types_hash_bucket_size server_names_hash_bucket_size server_names_hash_max_size gzip gzip_vary gzip_proxied gzip_comp_level gzip_buffers
  gzip_http_version gzip_types gzip_min_length gzip_disable gzip_static ssl_protocols ssl_prefer_server_ciphers ssl_ciphers ssl_certificate ssl_certificate_key
  ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_dhparam charset expires etag proxy_http_version proxy_read_timeout proxy_connect_timeout
  proxy_send_timeout proxy_buffering proxy_buffer_size proxy_buffers proxy_busy_buffers_size proxy_redirect proxy_cache proxy_cache_bypass proxy_cache_path
  proxy_cache_valid proxy_cache_key proxy_next_upstream proxy_intercept_errors proxy_request_buffering proxy_ssl_verify proxy_ssl_server_name proxy_hide_header
  proxy_pass_header proxy_set_body proxy_max_temp_file_size client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size
  large_client_header_buffers send_timeout reset_timedout_connection resolver resolver_timeout log_not_found log_subrequest open_file_cache
  open_file_cache_valid open_file_cache_min_uses open_file_cache_errors limit_req limit_req_zone limit_conn limit_conn_zone limit_rate real_ip_header
  set_real_ip_from auth_basic auth_basic_user_file satisfy allow internal merge_slashes port_in_redirect absolute_redirect server_name_in_redirect
  fastcgi_pass fastcgi_param fastcgi_index fastcgi_split_path_info fastcgi_buffers fastcgi_read_timeout msie_padding disable_symlinks aio directio
  map_hash_bucket_size proxy_headers_hash_max_size proxy_headers_hash_bucket_size set lock_file working_directory pcre_jit sub_filter sub_filter_once
  sub_filter_types access_log_off variables_hash_max_size variables_hash_bucket_size proxy_temp_path client_body_temp_path fastcgi_temp_path uwsgi_temp_path
  scgi_temp_path worker_shutdown_timeout zone keepalive least_conn ip_hash hash random`.split(/\s+/),
);

const DEFAULT_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html'],
  ['htm', 'text/html'],
  ['css', 'text/css'],
  ['xml', 'text/xml'],
  ['gif', 'image/gif'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['js', 'application/javascript'],
  ['txt', 'text/plain'],
  ['json', 'application/json'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['ico', 'image/x-icon'],
]);

const BASE: Settings = {
  root: '/etc/nginx/html',
  alias: undefined,
  index: ['index.html'],
  autoindex: false,
  errorPages: new Map(),
  addHeaders: [],
  types: DEFAULT_TYPES,
  defaultType: 'text/plain',
  tryFiles: undefined,
  accessLog: { path: '/var/log/nginx/access.log', format: 'combined' },
  bodyMax: 1 << 20,
  proxyHeaders: [],
  serverTokens: true,
  denyAll: false,
  keepAlive: true,
};

function size(text: string): number {
  const match = /^(\d+)([kKmMgG]?)$/.exec(text);
  if (!match) return 0;
  const unit = match[2].toLowerCase();
  return Number(match[1]) * (unit === 'k' ? 1024 : unit === 'm' ? 1 << 20 : unit === 'g' ? 1 << 30 : 1);
}

/** Takes the inheritable directives of one block. Headers and proxy headers of an inner block replace the outer ones. */
function inherit(outer: Settings, block: readonly Directive[]): Settings {
  const s: { -readonly [K in keyof Settings]: Settings[K] } = { ...outer };
  const all = (name: string) => block.filter((d) => d.name === name);
  const last = (name: string) => all(name).at(-1);
  s.tryFiles = last('try_files')?.args;
  s.root = last('root')?.args[0] ?? s.root;
  s.alias = last('alias')?.args[0];
  s.index = last('index')?.args ?? s.index;
  const autoindex = last('autoindex');
  if (autoindex) s.autoindex = autoindex.args[0] === 'on';
  s.defaultType = last('default_type')?.args[0] ?? s.defaultType;
  const bodyMax = last('client_max_body_size');
  if (bodyMax) s.bodyMax = size(bodyMax.args[0] ?? '');
  const tokens = last('server_tokens');
  if (tokens) s.serverTokens = tokens.args[0] !== 'off';
  const keepAlive = last('keepalive_timeout');
  if (keepAlive) s.keepAlive = !/^0s?$/.test(keepAlive.args[0] ?? '');
  const log = last('access_log');
  if (log) s.accessLog = log.args[0] === 'off' ? null : { path: log.args[0], format: log.args[1] ?? 'combined' };
  if (all('add_header').length > 0)
    s.addHeaders = all('add_header').map((d) => ({ name: d.args[0], value: d.args[1] ?? '', always: d.args[2] === 'always' }));
  if (all('proxy_set_header').length > 0) s.proxyHeaders = all('proxy_set_header').map((d) => [d.args[0], d.args[1] ?? ''] as const);
  const deny = block.find((d) => (d.name === 'deny' || d.name === 'allow') && d.args[0] === 'all');
  if (deny) s.denyAll = deny.name === 'deny';
  const types = last('types');
  if (types) {
    const map = new Map<string, string>();
    for (const d of types.block ?? []) for (const extension of d.args) map.set(extension, d.name);
    s.types = map;
  }
  const pages = all('error_page');
  if (pages.length > 0) {
    const map = new Map(s.errorPages);
    for (const d of pages) {
      const override = d.args.find((a) => a.startsWith('='));
      const uri = d.args.at(-1) ?? '';
      for (const code of d.args)
        if (/^\d+$/.test(code))
          map.set(Number(code), { uri, status: override === undefined ? undefined : Number(override.slice(1) || 200) });
    }
    s.errorPages = map;
  }
  return s;
}

const CONTEXTS: Readonly<Record<string, ReadonlySet<string>>> = {
  main: new Set(['user', 'worker_processes', 'daemon', 'master_process', 'error_log', 'pid', 'events', 'http', 'stream', 'mail']),
  http: new Set(['server', 'upstream', 'map', 'geo', 'log_format', 'split_clients']),
  server: new Set(['listen', 'server_name', 'location', 'return', 'rewrite', 'if']),
  location: new Set(['location', 'return', 'rewrite', 'if', 'proxy_pass', 'alias', 'stub_status', 'limit_except']),
};
const SHARED = new Set([
  'root',
  'index',
  'autoindex',
  'autoindex_exact_size',
  'autoindex_localtime',
  'error_page',
  'error_log',
  'access_log',
  'add_header',
  'types',
  'default_type',
  'try_files',
  'client_max_body_size',
  'proxy_set_header',
  'server_tokens',
  'deny',
  'keepalive_timeout',
]);

function check(block: readonly Directive[], context: keyof typeof CONTEXTS & string): void {
  for (const d of block) {
    if (CONTEXTS[context].has(d.name) || QUIET.has(d.name)) continue;
    if (context !== 'main' && SHARED.has(d.name)) continue;
    const elsewhere = Object.values(CONTEXTS).some((names) => names.has(d.name)) || SHARED.has(d.name);
    throw fault(elsewhere ? `"${d.name}" directive is not allowed here` : `unknown directive "${d.name}"`, d);
  }
}

export function buildConfiguration(directives: readonly Directive[], globals: readonly Directive[]): Configuration {
  const main = [...globals, ...directives];
  check(main, 'main');
  const find = (name: string) => main.find((d) => d.name === name);
  const http = find('http')?.block ?? [];
  check(http, 'http');
  if (!find('events')) throw new ConfigError('no "events" section in configuration');
  const settings = inherit(BASE, http);
  const upstreams = new Map<string, readonly string[]>();
  for (const d of http) {
    if (d.name === 'upstream')
      upstreams.set(
        d.args[0],
        (d.block ?? []).filter((s) => s.name === 'server').map((s) => s.args[0]),
      );
  }
  const formats = new Map<string, string>([['combined', COMBINED]]);
  for (const d of http)
    if (d.name === 'log_format')
      formats.set(
        d.args[0],
        d.args
          .slice(1)
          .filter((a) => !a.startsWith('escape='))
          .join(''),
      );
  const errorLog = [...main, ...http].filter((d) => d.name === 'error_log').at(-1);
  const workers = find('worker_processes')?.args[0] ?? '1';
  const user = find('user');
  return {
    user: user?.args[0],
    userAt: user ?? { file: '', line: 0 },
    workers: workers === 'auto' ? 'auto' : Number(workers),
    daemon: find('daemon')?.args[0] !== 'off',
    errorLog: errorLog?.args[0] ?? '/var/log/nginx/error.log',
    errorLevel: errorLog?.args[1] ?? 'error',
    pid: find('pid')?.args[0] ?? '/run/nginx.pid',
    servers: http.filter((d) => d.name === 'server').map((d) => buildServer(d, settings)),
    upstreams,
    formats,
  };
}

const COMBINED = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

function buildServer(directive: Directive, outer: Settings): ServerBlock {
  const block = directive.block ?? [];
  check(block, 'server');
  const settings = inherit(outer, block);
  const listens = block.filter((d) => d.name === 'listen').map(parseListen);
  const names = block.filter((d) => d.name === 'server_name').flatMap((d) => d.args);
  return {
    listens: listens.length > 0 ? listens : [{ address: '', port: 80, six: false, defaultServer: false }],
    names: names.length > 0 ? names : [''],
    settings,
    locations: block.filter((d) => d.name === 'location').map((d) => buildLocation(d, settings)),
    return: parseReturn(block),
    rewrites: parseRewrites(block),
  };
}

function parseListen(d: Directive): Listen {
  const [where, ...options] = d.args;
  const match = /^(?:(\[[^\]]+\]|[^:]*):)?(\d+)$/.exec(where) ?? /^(\[[^\]]+\]|[\d.]+|localhost)()$/.exec(where);
  if (!match || Number(match[2]) > 65535) throw fault(`invalid port in "${where}" of the "listen" directive`, d);
  const host = match[1] ?? '';
  const six = host.startsWith('[');
  const address = six ? host.slice(1, -1) : host === '*' || host === '0.0.0.0' ? '' : host === 'localhost' ? '127.0.0.1' : host;
  return {
    address: address === '::' ? '' : address,
    port: Number(match[2] || 80),
    six,
    defaultServer: options.includes('default_server') || options.includes('default'),
  };
}

function parseReturn(block: readonly Directive[]): Return | undefined {
  const d = block.find((x) => x.name === 'return');
  if (!d) return undefined;
  if (!/^\d{3}$/.test(d.args[0] ?? '')) return { status: 302, text: d.args[0] };
  return { status: Number(d.args[0]), text: d.args[1] };
}

function parseRewrites(block: readonly Directive[]): readonly Rewrite[] {
  return block
    .filter((d) => d.name === 'rewrite')
    .map((d) => ({ pattern: pattern(d.args[0] ?? '', '', d), replacement: d.args[1] ?? '', flag: d.args[2] }));
}

function pattern(source: string, flags: string, at: Directive): Regex {
  try {
    return compileRegex(source, 'perl', { ignoreCase: flags === 'i' });
  } catch {
    throw fault(`pcre2_compile() failed: syntax error in "${source}"`, at);
  }
}

function buildLocation(directive: Directive, outer: Settings): Location {
  const block = directive.block ?? [];
  check(block, 'location');
  const settings = inherit(outer, block);
  let [modifier, path] = directive.args;
  if (path === undefined) [modifier, path] = ['', modifier ?? ''];
  const regex = modifier === '~' || modifier === '~*';
  const kind = regex ? 'regex' : modifier === '=' || modifier === '^~' ? modifier : path.startsWith('@') ? 'named' : 'prefix';
  if (!['', '=', '^~', '~', '~*'].includes(modifier)) throw fault(`invalid location modifier "${modifier}"`, directive);
  const proxy = block.find((d) => d.name === 'proxy_pass');
  return {
    kind,
    path,
    pattern: regex ? pattern(path, modifier === '~*' ? 'i' : '', directive) : undefined,
    settings,
    proxyPass: proxy && parseProxy(proxy),
    return: parseReturn(block),
    rewrites: parseRewrites(block),
    stubStatus: block.some((d) => d.name === 'stub_status'),
    inner: block.filter((d) => d.name === 'location').map((d) => buildLocation(d, settings)),
  };
}

function parseProxy(d: Directive): ProxyTarget {
  const match = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(d.args[0] ?? '');
  if (!match) throw fault('invalid URL prefix', d);
  return { scheme: match[1], authority: match[2], path: match[3], at: d };
}
