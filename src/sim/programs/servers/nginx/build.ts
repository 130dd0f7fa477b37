/** How the nginx of an image was built: a line of the log, and more for -V. */
import type { Sim } from '../../../kernel/sim.ts';
import { toolchain } from '../../lib/toolchain.ts';

/** 'built by gcc 14.2.0 (Debian 14.2.0-19) ', the blank at the end included. */
export function* builtBy(): Sim<string> {
  const { gcc, packaged } = yield* toolchain();
  return `built by gcc ${gcc} (${packaged}) `;
}

/** What -V says after the version. */
export function* buildReport(): Sim<string> {
  const { openssl } = yield* toolchain();
  return `${yield* builtBy()}\nbuilt with OpenSSL ${openssl}\nTLS SNI support enabled\nconfigure arguments: ${CONFIGURED}\n`;
}

const PATHS = [
  'prefix=/etc/nginx',
  'sbin-path=/usr/sbin/nginx',
  'modules-path=/usr/lib/nginx/modules',
  'conf-path=/etc/nginx/nginx.conf',
  'error-log-path=/var/log/nginx/error.log',
  'http-log-path=/var/log/nginx/access.log',
  'pid-path=/run/nginx.pid',
  'lock-path=/run/nginx.lock',
  'http-client-body-temp-path=/var/cache/nginx/client_temp',
  'http-proxy-temp-path=/var/cache/nginx/proxy_temp',
  'http-fastcgi-temp-path=/var/cache/nginx/fastcgi_temp',
  'http-uwsgi-temp-path=/var/cache/nginx/uwsgi_temp',
  'http-scgi-temp-path=/var/cache/nginx/scgi_temp',
  'user=nginx',
  'group=nginx',
];
const MODULES = [
  'addition',
  'auth_request',
  'dav',
  'flv',
  'gunzip',
  'gzip_static',
  'mp4',
  'random_index',
  'realip',
  'secure_link',
  'slice',
  'ssl',
  'stub_status',
  'sub',
  'v2',
  'v3',
];
const CONFIGURED = [
  ...PATHS.map((path) => `--${path}`),
  '--with-compat',
  '--with-file-aio',
  '--with-threads',
  ...MODULES.map((name) => `--with-http_${name}_module`),
  '--with-mail',
  '--with-mail_ssl_module',
  '--with-stream',
  '--with-stream_realip_module',
  '--with-stream_ssl_module',
  '--with-stream_ssl_preread_module',
].join(' ');
