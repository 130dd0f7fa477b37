/** What the postgres image adds to its base. */
import type { TarInput } from '../../../lib/tar/index.ts';
import { dir, dirs, exec, file, link } from './tree.ts';

/** The entrypoint: makes the database when the volume has none, then becomes the server. */
export const POSTGRES_ENTRYPOINT = `#!/usr/bin/env bash
set -e

# an option as the first word is one of the server
if [ "\${1#-}" != "$1" ]; then
  set -- postgres "$@"
fi
if [ "$1" != 'postgres' ]; then
  exec "$@"
fi
# a question about the server needs no database
for arg; do
  case "$arg" in
    -'?' | --help | --describe-config | -V | --version) exec "$@" ;;
  esac
done

for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB; do
  from="\${name}_FILE"
  if [ -n "\${!from:-}" ]; then
    export "$name"="$(cat "\${!from}")"
  fi
done

if [ "$(id -u)" = '0' ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown -R postgres "$PGDATA"
  chmod 700 "$PGDATA"
  chown postgres /var/run/postgresql
  exec gosu postgres "$0" "$@"
fi

if [ -s "$PGDATA/PG_VERSION" ]; then
  printf '\\nPostgreSQL Database directory appears to contain a database; Skipping initialization\\n\\n'
  exec "$@"
fi

if [ -z "\${POSTGRES_PASSWORD:-}" ] && [ "\${POSTGRES_HOST_AUTH_METHOD:-}" != 'trust' ]; then
  cat >&2 <<'EOE'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
EOE
  exit 1
fi

: "\${POSTGRES_USER:=postgres}" "\${POSTGRES_DB:=$POSTGRES_USER}"
printf '%s\\n' "\${POSTGRES_PASSWORD:-}" > /tmp/pwfile
initdb --username="$POSTGRES_USER" --pwfile=/tmp/pwfile
rm /tmp/pwfile
printf '\\nhost all all all %s\\n' "\${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
pg_ctl -D "$PGDATA" -o "-c listen_addresses=" -w start

run() { psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"; }
if [ "$POSTGRES_DB" != 'postgres' ]; then
  run --dbname postgres -c "CREATE DATABASE \\"$POSTGRES_DB\\""
  echo
fi
echo
for f in /docker-entrypoint-initdb.d/*; do
  case "$f" in
    *.sh)
      if [ -x "$f" ]; then echo "$0: running $f"; "$f"; else echo "$0: sourcing $f"; . "$f"; fi ;;
    *.sql) echo "$0: running $f"; run --dbname "$POSTGRES_DB" -f "$f"; echo ;;
    *) echo "$0: ignoring $f" ;;
  esac
done
echo
pg_ctl -D "$PGDATA" -m fast -w stop
printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'
exec "$@"
`;

export function postgresTree(major: string, alpine: boolean): TarInput[] {
  const bin = alpine ? 'usr/local/bin' : `usr/lib/postgresql/${major}/bin`;
  const data = Number(major) >= 18 ? 'var/lib/postgresql' : 'var/lib/postgresql/data';
  const names = ['postgres', 'initdb', 'pg_ctl', 'pg_isready', 'psql'];
  return [
    ...dirs('docker-entrypoint-initdb.d', 'usr/share/postgresql'),
    ...(alpine ? [] : dirs('usr/lib/postgresql', `usr/lib/postgresql/${major}`, bin)),
    dir('var/lib/postgresql', 0o1777, 999, 999),
    ...(data === 'var/lib/postgresql' ? [] : [dir(data, 0o1777, 999, 999)]),
    dir('run/postgresql', 0o3777, 999, 999),
    ...names.map((name) => exec(`${bin}/${name}`, name)),
    ...(alpine
      ? []
      : [
          link('usr/bin/psql', `../lib/postgresql/${major}/bin/psql`),
          link('usr/bin/pg_isready', `../lib/postgresql/${major}/bin/pg_isready`),
        ]),
    file('usr/share/postgresql/postgresql.conf.sample', "#listen_addresses = '*'\n#port = 5432\n#max_connections = 100\n"),
  ];
}
