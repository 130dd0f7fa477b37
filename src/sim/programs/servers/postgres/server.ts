/** The server `postgres`. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  bind,
  close,
  credentials,
  getenv,
  getpid,
  listen,
  mkdirAll,
  readText,
  setsockopt,
  sigaction,
  sigsuspend,
  socket,
  statOrNull,
  thread,
  unlink,
  wallClock,
  write,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { acceptSessions, loadCluster, type SqlServerOptions, saveCluster } from '../../sql/server.ts';
import { SqlError } from '../../sql/syntax.ts';
import { timestampText } from '../../sql/values.ts';
import { authMethod, clusterFile } from './files.ts';

const SOCKET_FOLDER = '/var/run/postgresql';

interface Settings {
  readonly directory: string;
  readonly values: ReadonlyMap<string, string>;
}

function parseArguments(args: readonly string[], directory: string): Settings {
  const values = new Map<string, string>();
  let folder = directory;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-D') folder = args[++i] ?? folder;
    else if (arg === '-p') values.set('port', args[++i] ?? '5432');
    else if (arg === '-c' || arg.startsWith('--')) {
      const [name, value = ''] = (arg === '-c' ? (args[++i] ?? '') : arg.slice(2)).split(/=(.*)/s);
      values.set(name.replaceAll('-', '_'), value.replace(/^'(.*)'$/, '$1'));
    }
  }
  return { directory: folder, values };
}

export function* postgres(argv: readonly string[]): Sim<number> {
  const packaged = (yield* getenv('PG_VERSION')) ?? '18.6-1.pgdg13+2';
  const number = packaged.replace(/-.*/, '');
  if (argv.includes('--version') || argv.includes('-V')) {
    yield* write(1, `postgres (PostgreSQL) ${number} (Debian ${packaged})\n`);
    return 0;
  }
  if ((yield* credentials()).euid === 0) {
    yield* write(
      2,
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
    );
    return 1;
  }
  const { directory, values } = parseArguments(argv.slice(1), (yield* getenv('PGDATA')) ?? '');
  if (!(yield* statOrNull(`${directory}/PG_VERSION`))) {
    yield* write(
      2,
      `postgres: could not access directory "${directory}": No such file or directory\nRun initdb or pg_basebackup to initialize a PostgreSQL data directory.\n`,
    );
    return 1;
  }
  const log = function* (level: string, text: string, pid?: number): Sim<void> {
    yield* write(2, `${timestampText(yield* wallClock(), true).slice(0, -3)} UTC [${pid ?? (yield* getpid())}] ${level}:  ${text}\n`);
  };
  const major = (yield* readText(`${directory}/PG_VERSION`)).trim();
  if (major !== number.split('.')[0]) {
    yield* log('FATAL', 'database files are incompatible with server');
    yield* log(
      'DETAIL',
      `The data directory was initialized by PostgreSQL version ${major}, which is not compatible with this version ${number} (Debian ${packaged}).`,
    );
    return 1;
  }
  const version = `PostgreSQL ${number} (Debian ${packaged}) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`;
  yield* log('LOG', `starting ${version}`);
  const pid = yield* getpid();
  const port = Number(values.get('port') ?? 5432);
  const listeners: number[] = [];
  if (values.get('listen_addresses') !== '') {
    for (const [domain, address] of [
      ['inet', ''],
      ['inet6', '::'],
    ] as const) {
      const fd = yield* socket(domain, 'stream');
      try {
        yield* setsockopt(fd, 'SO_REUSEADDR', 1);
        if (domain === 'inet6') yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
        yield* bind(fd, { address, port });
        yield* listen(fd, 100);
        listeners.push(fd);
        yield* log('LOG', `listening on ${domain === 'inet' ? 'IPv4 address "0.0.0.0"' : 'IPv6 address "::"'}, port ${port}`);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        yield* close(fd);
        yield* log('LOG', `could not bind ${domain === 'inet' ? 'IPv4 address "0.0.0.0"' : 'IPv6 address "::"'}: ${error.message}`);
      }
    }
    if (listeners.length === 0) {
      yield* log('FATAL', 'could not create any TCP/IP sockets');
      return 1;
    }
  }
  const path = `${SOCKET_FOLDER}/.s.PGSQL.${port}`;
  const local = yield* socket('unix', 'stream');
  yield* mkdirAll(SOCKET_FOLDER);
  if (yield* statOrNull(path)) yield* unlink(path);
  yield* bind(local, { path });
  yield* listen(local, 100);
  listeners.push(local);
  yield* log('LOG', `listening on Unix socket "${path}"`);
  const cluster = yield* loadCluster(clusterFile(directory));
  yield* log('LOG', `database system was shut down at ${timestampText(yield* wallClock(), false)} UTC`, pid + 28);
  yield* writeFile(`${directory}/postmaster.pid`, `${pid}\n${directory}\n`, 0o600);
  const stopped = { by: '' };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const) {
    yield* sigaction(name, function* () {
      stopped.by = name;
    });
  }
  yield* sigaction('SIGHUP', function* () {
    yield* log('LOG', 'received SIGHUP, reloading configuration files');
  });
  yield* sigaction('SIGPIPE', 'ignore');
  const options: SqlServerOptions = {
    cluster,
    dialect: 'postgres',
    version,
    file: clusterFile(directory),
    *login(hello, peer) {
      const role = cluster.roles[hello.user];
      const method = yield* authMethod(directory, peer);
      let refused: SqlError | undefined;
      if (method === undefined)
        refused = new SqlError(
          `no pg_hba.conf entry for host "${peer}", user "${hello.user}", database "${hello.database}", no encryption`,
          { state: '28000' },
        );
      else if (method !== 'trust' && hello.password === undefined)
        return new SqlError('fe_sendauth: no password supplied', { state: '28P01' });
      else if (method !== 'trust' && (!role || role.password !== hello.password))
        refused = new SqlError(`password authentication failed for user "${hello.user}"`, { state: '28P01' });
      else if (!role) refused = new SqlError(`role "${hello.user}" does not exist`, { state: '28000' });
      else if (!cluster.databases[hello.database])
        refused = new SqlError(`database "${hello.database}" does not exist`, { state: '3D000' });
      if (refused) yield* log('FATAL', refused.message, pid + 60);
      return refused;
    },
    *onError(error, statement) {
      yield* log('ERROR', error.message + (error.at === undefined ? '' : ` at character ${error.at + 1}`), pid + 60);
      if (error.detail !== undefined) yield* log('DETAIL', error.detail, pid + 60);
      yield* log('STATEMENT', statement.replaceAll('\n', '\n\t'), pid + 60);
    },
  };
  for (const fd of listeners) yield* thread(() => acceptSessions(fd, options));
  yield* log('LOG', 'database system is ready to accept connections');
  while (stopped.by === '') yield* sigsuspend();
  yield* log('LOG', `received ${{ SIGINT: 'fast', SIGTERM: 'smart', SIGQUIT: 'immediate' }[stopped.by] ?? ''} shutdown request`);
  if (stopped.by === 'SIGINT') yield* log('LOG', 'aborting any active transactions');
  yield* log('LOG', `background worker "logical replication launcher" (PID ${pid + 33}) exited with exit code 1`);
  yield* log('LOG', 'shutting down', pid + 27);
  yield* log('LOG', 'checkpoint starting: shutdown immediate', pid + 27);
  yield* saveCluster(clusterFile(directory), cluster);
  yield* unlink(path);
  yield* unlink(`${directory}/postmaster.pid`);
  yield* log('LOG', 'database system is shut down');
  return 0;
}
