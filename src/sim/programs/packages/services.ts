/** What packages of servers bring besides programs: configuration, places for data, and the script that starts them by hand. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readText, statOrNull, writeFile } from '../../kernel/syscalls.ts';
import { osReleaseField } from '../../lib/osRelease.ts';

interface PackageFile {
  readonly path: string;
  readonly text: string;
  readonly mode?: number;
}

const NGINX_CONF = `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
include /etc/nginx/modules-enabled/*.conf;

events {
	worker_connections 768;
}

http {
	sendfile on;
	types_hash_max_size 2048;
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	access_log /var/log/nginx/access.log;
	include /etc/nginx/conf.d/*.conf;
	include /etc/nginx/sites-enabled/*;
}
`;
const NGINX_SITE = `server {
	listen 80 default_server;
	listen [::]:80 default_server;
	root /var/www/html;
	index index.html index.htm index.nginx-debian.html;
	server_name _;
	location / {
		try_files $uri $uri/ =404;
	}
}
`;
const MIME_TYPES = `types {
    text/html                 html htm shtml;
    text/css                  css;
    text/xml                  xml;
    image/gif                 gif;
    image/jpeg                jpeg jpg;
    image/png                 png;
    image/svg+xml             svg svgz;
    application/javascript    js;
    application/json          json;
    application/pdf           pdf;
    text/plain                txt;
}
`;
const NGINX_PAGE =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>The server works. Its pages lie in /var/www/html.</p>\n</body>\n</html>\n';

/** A script of /etc/init.d: `start` and `stop` are its commands, `pidFile` tells whether it runs. Debian and Ubuntu word it differently. */
function initScript(name: string, about: string, pidFile: string, start: string, ubuntu: boolean): string {
  const say = ubuntu
    ? `say() { echo " * $1 ${about}" "${name}"; }\nend() { if [ "$1" = 0 ]; then echo '   ...done.'; else echo '   ...fail!'; fi; return "$1"; }`
    : `say() { printf '%s ${about}: ${name}' "$1"; }\nend() { if [ "$1" = 0 ]; then echo .; else echo ' failed!'; fi; return "$1"; }`;
  const told = ubuntu ? ' * ' : '';
  return `#!/bin/sh
# ${name} by hand: start, stop, restart, reload, status
${say}
running() { [ -s ${pidFile} ] && kill -0 "$(cat ${pidFile})" 2>/dev/null; }
start() { running || ${start}; }
stop() {
  running || return 0
  kill "$(cat ${pidFile})"
  while running; do sleep 0.1; done
}
case "$1" in
  start) say Starting; start; end $? ;;
  stop) say Stopping; stop; end $? ;;
  restart|force-reload) say Restarting; stop; start; end $? ;;
  reload) say Reloading; running && kill -HUP "$(cat ${pidFile})"; end $? ;;
  status)
    if running; then echo "${told}${name} is running${ubuntu ? '' : '.'}"; else echo "${told}${name} is not running${ubuntu ? '' : ' ... failed!'}"; exit 3; fi ;;
  *) echo "Usage: ${name} {start|stop|status|restart|reload|force-reload}" >&2; exit 3 ;;
esac
`;
}

function filesOf(name: string, ubuntu: boolean): readonly PackageFile[] {
  switch (name) {
    case 'nginx':
      return [
        { path: '/etc/nginx/nginx.conf', text: NGINX_CONF },
        { path: '/etc/nginx/mime.types', text: MIME_TYPES },
        { path: '/etc/nginx/sites-available/default', text: NGINX_SITE },
        { path: '/etc/nginx/sites-enabled/default', text: NGINX_SITE },
        { path: '/var/www/html/index.nginx-debian.html', text: NGINX_PAGE },
        { path: '/var/log/nginx/access.log', text: '' },
        { path: '/var/log/nginx/error.log', text: '' },
        { path: '/etc/init.d/nginx', text: initScript('nginx', 'nginx', '/run/nginx.pid', 'nginx', ubuntu), mode: 0o755 },
      ];
    case 'redis-server':
      return [
        {
          path: '/etc/init.d/redis-server',
          text: initScript(
            'redis-server',
            'redis-server',
            '/run/redis-server.pid',
            '{ redis-server --dir /var/lib/redis >/var/log/redis-server.log 2>&1 & echo $! >/run/redis-server.pid; }',
            ubuntu,
          ),
          mode: 0o755,
        },
        { path: '/var/lib/redis/.keep', text: '' },
      ];
  }
  return [];
}

/** Puts a package's files where they are missing: what was changed stays. */
export function* unpackFiles(name: string): Sim<void> {
  for (const { path, text, mode } of filesOf(name, yield* onUbuntu())) {
    if (yield* statOrNull(path)) continue;
    yield* mkdirAll(path.slice(0, path.lastIndexOf('/')));
    yield* writeFile(path, text, mode ?? 0o644);
  }
  if (name === 'nginx') for (const path of ['/etc/nginx/conf.d', '/etc/nginx/modules-enabled', '/var/lib/nginx']) yield* mkdirAll(path);
}

function* onUbuntu(): Sim<boolean> {
  try {
    return osReleaseField(yield* readText('/etc/os-release'), 'ID') === 'ubuntu';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return false;
  }
}
