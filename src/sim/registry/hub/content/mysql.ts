/** What the mysql image holds: Oracle Linux, and MySQL on it. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { debianAccounts, debianTree } from './debian.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

const RELEASE =
  'NAME="Oracle Linux Server"\nVERSION="9.6"\nID="ol"\nID_LIKE="fedora"\nVARIANT="Server"\nVARIANT_ID="server"\nVERSION_ID="9.6"\nPLATFORM_ID="platform:el9"\nPRETTY_NAME="Oracle Linux Server 9.6"\nHOME_URL="https://linux.oracle.com/"\n';
const NOT_HERE =
  /(^etc\/apt|^var\/lib\/(apt|dpkg)|^var\/(cache|log)\/(apt|debconf)|debian|^etc\/(dpkg|debconf)|usr\/bin\/(apt|apt-get|dpkg|dash|sh|perl)$)/;

/** Oracle Linux 9 slim: the same tools under another name; its sh is bash. */
export function oracleTree(): TarInput[] {
  return [
    ...debianTree({ osRelease: RELEASE, version: '', issue: 'Oracle Linux Server 9' }).filter((e) => !NOT_HERE.test(e.name)),
    link('usr/bin/sh', 'bash'),
    file('etc/oracle-release', 'Oracle Linux Server release 9.6\n'),
    link('etc/system-release', 'oracle-release'),
  ];
}

export const mysqlAccounts = (): TarInput[] =>
  debianAccounts({ passwd: 'mysql:x:999:999::/var/lib/mysql:/bin/bash\n', group: 'mysql:x:999:\n' });

export function mysqlTree(): TarInput[] {
  return [
    ...dirs('docker-entrypoint-initdb.d', 'etc/mysql', 'etc/mysql/conf.d'),
    dir('var/lib/mysql', 0o1777, 999, 999),
    dir('var/lib/mysql-files', 0o750, 999, 999),
    dir('run/mysqld', 0o1777, 999, 999),
    exec('usr/sbin/mysqld', 'mysqld'),
    exec('usr/bin/mysql', 'mysql'),
    exec('usr/bin/mysqladmin', 'mysqladmin'),
    file(
      'etc/my.cnf',
      '[mysqld]\nhost-cache-size=0\nskip-name-resolve\ndatadir=/var/lib/mysql\nsocket=/var/run/mysqld/mysqld.sock\nsecure-file-priv=/var/lib/mysql-files\nuser=mysql\n\npid-file=/var/run/mysqld/mysqld.pid\n[client]\nsocket=/var/run/mysqld/mysqld.sock\n\n!includedir /etc/mysql/conf.d/\n',
    ),
  ];
}

/** The entrypoint: makes the database when the volume has none, then becomes the server. */
export const MYSQL_ENTRYPOINT = `#!/bin/bash
set -e

log() {
  printf '%s [%s] [Entrypoint]: %s\\n' "$(date '+%Y-%m-%d %H:%M:%S+00:00')" "$1" "$2"
}

# an option as the first word is one of the server
if [ "\${1#-}" != "$1" ]; then
  set -- mysqld "$@"
fi
if [ "$1" != 'mysqld' ]; then
  exec "$@"
fi
# a question about the server needs no database
for arg; do
  case "$arg" in
    -'?' | --help | --print-defaults | -V | --version) exec "$@" ;;
  esac
done

for name in MYSQL_ROOT_PASSWORD MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD; do
  from="\${name}_FILE"
  if [ -n "\${!from:-}" ]; then
    export "$name"="$(cat "\${!from}")"
  fi
done

log Note "Entrypoint script for MySQL Server $MYSQL_VERSION started."
if [ "$(id -u)" = '0' ]; then
  log Note "Switching to dedicated user 'mysql'"
  chown -R mysql /var/lib/mysql /var/run/mysqld
  exec gosu mysql "$0" "$@"
fi

if [ ! -d /var/lib/mysql/mysql ]; then
  if [ -z "$MYSQL_ROOT_PASSWORD" ] && [ -z "$MYSQL_ALLOW_EMPTY_PASSWORD" ] && [ -z "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    log ERROR 'Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD' >&2
    exit 1
  fi
  log Note 'Initializing database files'
  mysqld --initialize-insecure
  log Note 'Database files initialized'
  log Note 'Starting temporary server'
  mysqld --skip-networking &
  until mysqladmin ping >/dev/null 2>&1; do sleep 0.5; done
  log Note 'Temporary server started.'
  if [ -n "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    MYSQL_ROOT_PASSWORD="$(head -c 24 /dev/urandom | base64)"
    log Note "GENERATED ROOT PASSWORD: $MYSQL_ROOT_PASSWORD"
  fi
  if [ -n "$MYSQL_DATABASE" ]; then
    log Note "Creating database $MYSQL_DATABASE"
    mysql -e "CREATE DATABASE IF NOT EXISTS \\\`$MYSQL_DATABASE\\\`"
  fi
  if [ -n "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
    log Note "Creating user $MYSQL_USER"
    mysql -e "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD'"
    if [ -n "$MYSQL_DATABASE" ]; then log Note "Giving user $MYSQL_USER access to schema $MYSQL_DATABASE"; fi
  fi
  if [ -n "$MYSQL_ROOT_PASSWORD" ]; then
    mysql -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'"
    export MYSQL_PWD="$MYSQL_ROOT_PASSWORD"
  fi
  echo
  for f in /docker-entrypoint-initdb.d/*; do
    case "$f" in
      *.sh) log Note "$0: running $f"; . "$f" ;;
      *.sql) log Note "$0: running $f"; mysql $MYSQL_DATABASE < "$f"; echo ;;
      '/docker-entrypoint-initdb.d/*') ;;
      *) log Warn "$0: ignoring $f" ;;
    esac
  done
  log Note 'Stopping temporary server'
  mysqladmin shutdown
  wait
  log Note 'Temporary server stopped'
  echo
  log Note 'MySQL init process done. Ready for start up.'
  echo
  unset MYSQL_PWD
fi
exec "$@"
`;
