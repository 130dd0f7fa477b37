/** Files of the httpd image. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { exec, file } from './tree.ts';

const PREFIX = 'usr/local/apache2';

export const HTTPD_PAGE = '<html><body><h1>It works!</h1></body></html>\n';

/** Modules as the configuration lists them; those that begin with '#' are there and not loaded. */
const MODULES =
  `mpm_event #mpm_prefork #mpm_worker authn_file #authn_dbm #authn_anon #authn_dbd #authn_socache authn_core authz_host authz_groupfile authz_user #authz_dbm
  #authz_owner #authz_dbd authz_core #authnz_ldap #authnz_fcgi access_compat auth_basic #auth_form #auth_digest #allowmethods #file_cache #cache #cache_disk
  #cache_socache #socache_shmcb #socache_dbm #socache_memcache #watchdog #macro #dbd #dumpio #buffer #ratelimit reqtimeout #ext_filter #request #include filter
  #substitute #sed #deflate #xml2enc #proxy_html #brotli mime #ldap log_config #log_debug #logio #lua env #expires headers #usertrack setenvif version #remoteip #proxy
  #proxy_connect #proxy_ftp #proxy_http #proxy_fcgi #proxy_scgi #proxy_uwsgi #proxy_wstunnel #proxy_ajp #proxy_balancer #session #session_cookie #session_crypto
  #slotmem_shm #ssl #http2 #proxy_http2 #lbmethod_byrequests unixd #dav status autoindex #info #cgid #dav_fs #vhost_alias #negotiation dir #actions #speling #userdir
  alias #rewrite`.split(/\s+/);

export const HTTPD_CONF = `ServerRoot "/usr/local/apache2"
Listen 80

${MODULES.map((name) => {
  const [, mark, module] = /^(#?)(.*)/.exec(name) ?? [];
  return `${mark}LoadModule ${module}_module modules/mod_${module}.so\n`;
}).join('')}
User www-data
Group www-data
ServerAdmin you@example.com
#ServerName www.example.com:80
DocumentRoot "/usr/local/apache2/htdocs"
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogLevel warn
CustomLog /proc/self/fd/1 common

#Include conf/extra/httpd-vhosts.conf
#Include conf/extra/httpd-ssl.conf
`;

export const HTTPD_FOREGROUND =
  '#!/bin/sh\nset -e\n\n# a PID file left behind would stop the start\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n';

/** The control script: a word becomes an option of httpd. */
const APACHECTL = `#!/bin/sh
HTTPD=/usr/local/apache2/bin/httpd
[ $# -gt 0 ] || set -- -h
case "$1" in
  start|stop|restart|graceful|graceful-stop) exec $HTTPD -k "$@" ;;
  startssl|sslstart|start-SSL)
    echo The startssl option is no longer supported.
    echo Please edit httpd.conf to include the SSL configuration settings
    echo and then use "apachectl start".
    exit 2 ;;
  configtest) exec $HTTPD -t ;;
  *) exec $HTTPD "$@" ;;
esac
`;

/** The programs and the modules. */
export function httpdPrograms(): TarInput[] {
  return [
    exec(`${PREFIX}/bin/httpd`, 'httpd'),
    exec(`${PREFIX}/bin/htpasswd`, 'htpasswd'),
    file(`${PREFIX}/bin/apachectl`, APACHECTL, 0o755),
    ...MODULES.map((name) => file(`${PREFIX}/modules/mod_${name.replace('#', '')}.so`, '', 0o755)),
  ];
}
