/** What the nginx image adds to its base. */

import { DEBIAN_GROUP, DEBIAN_PASSWD } from '../../../lib/debianAccounts.ts';
import type { TarInput } from '../../../lib/tar/index.ts';
import { FASTCGI_CONF, FASTCGI_PARAMS, MIME_TYPES, SCGI_PARAMS, UWSGI_PARAMS } from './nginxParameters.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

const PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;
const ERROR_PAGE =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n<p>Sorry, the page you are looking for is currently unavailable.<br/>\nPlease try again later.</p>\n</body>\n</html>\n';

const CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;
/** The directives that are shown as remarks are nginx's own examples of what a site may want. */
const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # one page for what goes wrong on the server's side
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }

    # hand PHP over to an Apache that listens on 127.0.0.1:80
    #
    #location ~ \\.php$ {
    #    proxy_pass   http://127.0.0.1;
    #}

    # or to a FastCGI server, here on 127.0.0.1:9000
    #
    #location ~ \\.php$ {
    #    root           html;
    #    fastcgi_pass   127.0.0.1:9000;
    #    fastcgi_index  index.php;
    #    fastcgi_param  SCRIPT_FILENAME  /scripts$fastcgi_script_name;
    #    include        fastcgi_params;
    #}

    # keep .htaccess files to ourselves, in case Apache shares
    # the document root with nginx
    #
    #location ~ /\\.ht {
    #    deny  all;
    #}
}
`;
/** The entrypoint: runs what lies in /docker-entrypoint.d when the command is nginx, and says so. */
const ENTRYPOINT = `#!/bin/sh
set -e

log() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if ls /docker-entrypoint.d/*.sh >/dev/null 2>&1; then
        log "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        log "$0: Looking for shell scripts in /docker-entrypoint.d/"
        for f in /docker-entrypoint.d/*; do
            if [ -x "$f" ]; then
                log "$0: Launching $f"
                "$f"
            else
                log "$0: Ignoring $f, not executable"
            fi
        done
        log "$0: Configuration complete; ready for start up"
    else
        log "$0: No files found in /docker-entrypoint.d/, skipping configuration"
    fi
fi

exec "$@"
`;
const LISTEN_IPV6 = `#!/bin/sh
set -e
conf=etc/nginx/conf.d/default.conf
[ -f "/$conf" ] || { echo "\${0##*/}: info: /$conf is not a file or does not exist"; exit 0; }
touch "/$conf" 2>/dev/null || { echo "\${0##*/}: info: can not modify /$conf (read-only file system?)"; exit 0; }
grep -q "listen  *\\[::]:80;" "/$conf" && { echo "\${0##*/}: info: IPv6 listen already enabled"; exit 0; }
echo "\${0##*/}: info: Getting the checksum of /$conf"
sed -i -E 's,listen       80;,listen       80;\\n    listen  [::]:80;,' "/$conf"
echo "\${0##*/}: info: Enabled listen on IPv6 in /$conf"
`;

export function nginxPackages(): TarInput[] {
  return [
    ...dirs('docker-entrypoint.d', 'etc/nginx', 'etc/nginx/conf.d', 'usr/share/nginx', 'usr/share/nginx/html', 'var/cache/nginx'),
    ...dirs('usr/lib/nginx', 'usr/lib/nginx/modules'),
    link('etc/nginx/modules', '/usr/lib/nginx/modules'),
    dir('var/log/nginx', 0o755),
    link('var/log/nginx/access.log', '/dev/stdout'),
    link('var/log/nginx/error.log', '/dev/stderr'),
    file('etc/passwd', `${DEBIAN_PASSWD}nginx:x:101:101:nginx user:/nonexistent:/bin/false\n`),
    file('etc/group', `${DEBIAN_GROUP}nginx:x:101:\n`),
    exec('usr/sbin/nginx', 'nginx'),
    exec('usr/bin/curl', 'curl'),
    file('etc/nginx/nginx.conf', CONF),
    file('etc/nginx/conf.d/default.conf', DEFAULT_CONF),
    file('etc/nginx/mime.types', MIME_TYPES),
    file('etc/nginx/fastcgi_params', FASTCGI_PARAMS),
    file('etc/nginx/scgi_params', SCGI_PARAMS),
    file('etc/nginx/uwsgi_params', UWSGI_PARAMS),
    file('usr/share/nginx/html/index.html', PAGE),
    file('usr/share/nginx/html/50x.html', ERROR_PAGE),
  ];
}
/** What Alpine's package has besides. */
export function alpineNginxFiles(): TarInput[] {
  return [file('etc/nginx/fastcgi.conf', FASTCGI_CONF)];
}

/** nginx as Debian packages it: the server block lies in sites-available, a link turns it on. */
export function debianNginxPackages(): TarInput[] {
  return [
    ...nginxPackages().filter((e) => e.name !== 'etc/nginx/nginx.conf' && e.name !== 'etc/nginx/conf.d/default.conf'),
    file(
      'etc/nginx/nginx.conf',
      CONF.replace('error.log notice', 'error.log').replace(
        '    include /etc/nginx/conf.d/*.conf;\n',
        '$&    include /etc/nginx/sites-enabled/*;\n',
      ),
    ),
    ...dirs('etc/nginx/sites-available', 'etc/nginx/sites-enabled'),
    file('etc/nginx/sites-available/default', DEFAULT_CONF),
    link('etc/nginx/sites-enabled/default', '/etc/nginx/sites-available/default'),
  ];
}

export const nginxScripts: readonly (readonly [name: string, text: string])[] = [
  ['docker-entrypoint.sh', ENTRYPOINT],
  ['docker-entrypoint.d/15-local-resolvers.envsh', '#!/bin/sh\n[ "${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ] || return 0\n'],
  ['docker-entrypoint.d/10-listen-on-ipv6-by-default.sh', LISTEN_IPV6],
  [
    'docker-entrypoint.d/20-envsubst-on-templates.sh',
    '#!/bin/sh\nset -e\n[ -d "${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}" ] || exit 0\n',
  ],
  ['docker-entrypoint.d/30-tune-worker-processes.sh', '#!/bin/sh\n[ "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0\n'],
];
