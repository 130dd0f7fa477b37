/** MySQL's server `mysqld`. */

import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  bind,
  credentials,
  getenv,
  getpid,
  listen,
  mkdirAll,
  setsockopt,
  sigaction,
  sigsuspend,
  sleep,
  socket,
  statOrNull,
  thread,
  unlink,
  wallClock,
  write,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { emptyCluster } from '../../sql/cluster.ts';
import { acceptSessions, loadCluster, type SqlServerOptions, saveCluster } from '../../sql/server.ts';
import { SqlError } from '../../sql/syntax.ts';
import { timestampText } from '../../sql/values.ts';

export const SOCKET = '/var/run/mysqld/mysqld.sock';
const DEFAULT_VERSION = '9.7.2-1.el9';

function* log(level: string, code: string, text: string, part = 'Server', threadId = 0): Sim<void> {
  const time = timestampText(yield* wallClock(), true).replace(' ', 'T');
  yield* write(2, `${time}Z ${threadId} [${level}] [${code}] [${part}] ${text}\n`);
}

function* main(argv: readonly string[]): Sim<number> {
  const version = ((yield* getenv('MYSQL_VERSION')) ?? DEFAULT_VERSION).replace(/-.*/, '');
  if (argv.includes('--version') || argv.includes('-V')) {
    yield* write(1, `/usr/sbin/mysqld  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`);
    return 0;
  }
  const value = (name: string) => argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const directory = value('datadir') ?? '/var/lib/mysql';
  const file = `${directory}/mysql.ibd.json`;
  if (argv.includes('--initialize-insecure') || argv.includes('--initialize')) return yield* initialize(directory, file, version);
  if ((yield* credentials()).euid === 0 && value('user') === undefined) {
    yield* log('ERROR', 'MY-010123', 'Fatal error: Please read "Security" section of the manual to find out how to run mysqld as root!');
    yield* log('ERROR', 'MY-010119', 'Aborting');
    return 1;
  }
  if (!(yield* statOrNull(file))) {
    yield* log('ERROR', 'MY-010457', 'Failed to find valid data directory.');
    yield* log('ERROR', 'MY-010020', 'Data Dictionary initialization failed.');
    yield* log('ERROR', 'MY-010119', 'Aborting');
    return 1;
  }
  const pid = yield* getpid();
  yield* log('System', 'MY-015015', 'MySQL Server - start.');
  yield* log('System', 'MY-010116', `/usr/sbin/mysqld (mysqld ${version}) starting as process ${pid}`);
  yield* log('System', 'MY-013576', 'InnoDB initialization has started.', 'InnoDB', 1);
  yield* sleep(400_000);
  yield* log('System', 'MY-013577', 'InnoDB initialization has ended.', 'InnoDB', 1);
  const port = Number(value('port') ?? 3306);
  const listeners: number[] = [];
  if (!argv.includes('--skip-networking')) {
    const fd = yield* socket('inet6', 'stream');
    try {
      yield* setsockopt(fd, 'SO_REUSEADDR', 1);
      yield* bind(fd, { address: '::', port });
      yield* listen(fd, 151);
      listeners.push(fd);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* log('ERROR', 'MY-010262', `Can't start server: Bind on TCP/IP port: ${error.message}`);
      yield* log('ERROR', 'MY-010119', 'Aborting');
      return 1;
    }
  }
  yield* mkdirAll('/var/run/mysqld');
  if (yield* statOrNull(SOCKET)) yield* unlink(SOCKET);
  const local = yield* socket('unix', 'stream');
  yield* bind(local, { path: SOCKET });
  yield* listen(local, 151);
  listeners.push(local);
  const cluster = yield* loadCluster(file);
  const stopped = { by: '' };
  for (const name of ['SIGTERM', 'SIGQUIT'] as const) {
    yield* sigaction(name, function* () {
      stopped.by = name;
    });
  }
  yield* sigaction('SIGPIPE', 'ignore');
  yield* writeFile('/var/run/mysqld/mysqld.pid', `${pid}\n`);
  const options: SqlServerOptions = {
    cluster,
    dialect: 'mysql',
    version,
    file,
    *login({ user, password, database }, peer) {
      const role = cluster.roles[user];
      const from = peer === '' ? 'localhost' : peer.replace(/^::ffff:/, '');
      if (!role || (role.password ?? '') !== (password ?? ''))
        return new SqlError(`Access denied for user '${user}'@'${from}' (using password: ${password ? 'YES' : 'NO'})`, {
          number: 1045,
          state: '28000',
        });
      if (database !== '' && !cluster.databases[database])
        return new SqlError(`Unknown database '${database}'`, { number: 1049, state: '42000' });
      return undefined;
    },
    *onError() {},
  };
  for (const fd of listeners) yield* thread(() => acceptSessions(fd, options));
  const shownPort = listeners.length > 1 ? port : 0;
  yield* log(
    'System',
    'MY-010931',
    `/usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '${SOCKET}'  port: ${shownPort}  MySQL Community Server - GPL.`,
  );
  while (stopped.by === '') yield* sigsuspend();
  yield* log('System', 'MY-013172', `Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: ${version}).`);
  yield* saveCluster(file, cluster);
  yield* unlink(SOCKET);
  yield* sleep(700_000);
  yield* log('System', 'MY-010910', `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`);
  yield* log('System', 'MY-015016', 'MySQL Server - end.');
  return 0;
}

function* initialize(directory: string, file: string, version: string): Sim<number> {
  yield* log('System', 'MY-015017', 'MySQL Server Initialization - start.');
  yield* log(
    'System',
    'MY-013169',
    `/usr/sbin/mysqld (mysqld ${version}) initializing of server in progress as process ${yield* getpid()}`,
  );
  yield* log('System', 'MY-013576', 'InnoDB initialization has started.', 'InnoDB', 1);
  yield* mkdirAll(directory);
  yield* sleep(2_000_000);
  yield* log('System', 'MY-013577', 'InnoDB initialization has ended.', 'InnoDB', 1);
  yield* log(
    'Warning',
    'MY-010453',
    'root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
    'Server',
    6,
  );
  yield* saveCluster(file, emptyCluster(['information_schema', 'mysql', 'performance_schema', 'sys'], 'root', undefined));
  for (const name of ['auto.cnf', 'ibdata1', 'undo_001', 'undo_002', 'ca.pem', 'server-cert.pem', 'server-key.pem'])
    yield* writeFile(`${directory}/${name}`, '');
  for (const name of ['mysql', 'performance_schema', 'sys']) yield* mkdirAll(`${directory}/${name}`);
  yield* log('System', 'MY-015018', 'MySQL Server Initialization - end.');
  return 0;
}

export const program: Program = { name: 'mysqld', main, memory: 380 << 20 };
