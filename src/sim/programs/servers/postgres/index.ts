/** PostgreSQL's server, and the programs that set it up and look after it. */
import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { environ, getenv, kill, mkdirAll, readText, sleep, spawn, statOrNull, write } from '../../../kernel/syscalls.ts';
import { becomeUser, runAs } from '../../account/become.ts';
import { findUser } from '../../lib/users.ts';
import { SqlConnection } from '../../sql/client.ts';
import { makeDataDirectory } from './files.ts';
import { postgres } from './server.ts';

/** '--name=value', '--name value' or '-x value'. */
function option(argv: readonly string[], short: string, long: string): string | undefined {
  for (let i = 1; i < argv.length; i++) {
    if (argv[i] === `-${short}` || argv[i] === `--${long}`) return argv[i + 1];
    if (argv[i].startsWith(`--${long}=`)) return argv[i].slice(long.length + 3);
  }
  return undefined;
}

function* initdb(argv: readonly string[]): Sim<number> {
  const directory = option(argv, 'D', 'pgdata') ?? (yield* getenv('PGDATA')) ?? '';
  const user = option(argv, 'U', 'username') ?? 'postgres';
  const passwordFile = option(argv, '', 'pwfile');
  const password = passwordFile === undefined ? undefined : (yield* readText(passwordFile)).split('\n')[0];
  const major = (yield* getenv('PG_MAJOR')) ?? '18';
  const lang = (yield* getenv('LANG')) ?? 'C';
  yield* write(
    1,
    `The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\n`,
  );
  yield* write(
    1,
    `The database cluster will be initialized with locale "${lang}".\nThe default database encoding has accordingly been set to "UTF8".\nThe default text search configuration will be set to "english".\n\n`,
  );
  yield* write(1, `Data page checksums are ${Number(major) >= 18 ? 'enabled' : 'disabled'}.\n\n`);
  if (yield* statOrNull(`${directory}/PG_VERSION`)) {
    yield* write(
      2,
      `initdb: error: directory "${directory}" exists but is not empty\ninitdb: hint: If you want to create a new database system, either remove or empty the directory "${directory}" or run initdb with an argument other than "${directory}".\n`,
    );
    return 1;
  }
  yield* write(1, `fixing permissions on existing directory ${directory} ... ok\n`);
  yield* mkdirAll(directory, 0o700);
  yield* write(
    1,
    'creating subdirectories ... ok\nselecting dynamic shared memory implementation ... posix\nselecting default "max_connections" ... 100\nselecting default "shared_buffers" ... 128MB\nselecting default time zone ... Etc/UTC\ncreating configuration files ... ok\n',
  );
  yield* makeDataDirectory(directory, { major, user, password: password === '' ? undefined : password, method: 'trust' });
  yield* sleep(600_000);
  yield* write(1, 'running bootstrap script ... ok\n');
  yield* sleep(900_000);
  yield* write(1, 'performing post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n\n');
  yield* write(1, `Success. You can now start the database server using:\n\n    pg_ctl -D ${directory} -l logfile start\n\n`);
  yield* write(
    2,
    'initdb: warning: enabling "trust" authentication for local connections\ninitdb: hint: You can change this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the next time you run initdb.\n',
  );
  return 0;
}

function* serverPid(directory: string): Sim<number | undefined> {
  try {
    return Number((yield* readText(`${directory}/postmaster.pid`)).split('\n')[0]);
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}

function* pgCtl(argv: readonly string[]): Sim<number> {
  const directory = option(argv, 'D', 'pgdata') ?? (yield* getenv('PGDATA')) ?? '';
  const verb = ['start', 'stop', 'status', 'reload', 'restart'].find((word) => argv.includes(word));
  const pid = yield* serverPid(directory);
  switch (verb) {
    case 'start': {
      yield* write(1, 'waiting for server to start....');
      const more = (option(argv, 'o', 'options') ?? '').split(/\s+/).filter((word) => word !== '');
      const binary = `/usr/lib/postgresql/${(yield* getenv('PG_MAJOR')) ?? '18'}/bin/postgres`;
      const path = (yield* statOrNull(binary)) ? binary : '/usr/local/bin/postgres';
      yield* spawn({ path, argv: ['postgres', '-D', directory, ...more.map((word) => word.replace(/^''$/, ''))], newSession: true });
      for (let i = 0; i < 600; i++) {
        yield* sleep(100_000);
        if (yield* serverPid(directory)) break;
      }
      yield* write(1, ' done\nserver started\n');
      return 0;
    }
    case 'stop':
      if (pid === undefined) {
        yield* write(2, `pg_ctl: PID file "${directory}/postmaster.pid" does not exist\nIs server running?\n`);
        return 1;
      }
      yield* write(1, 'waiting for server to shut down...');
      yield* kill(pid, option(argv, 'm', 'mode') === 'smart' ? 'SIGTERM' : 'SIGINT');
      while ((yield* serverPid(directory)) !== undefined) yield* sleep(100_000);
      yield* write(1, ' done\nserver stopped\n');
      return 0;
    case 'reload':
      if (pid !== undefined) yield* kill(pid, 'SIGHUP');
      yield* write(1, 'server signaled\n');
      return 0;
    case 'status':
      yield* write(1, pid === undefined ? 'pg_ctl: no server running\n' : `pg_ctl: server is running (PID: ${pid})\n`);
      return pid === undefined ? 3 : 0;
  }
  yield* write(2, 'pg_ctl: no operation specified\nTry "pg_ctl --help" for more information.\n');
  return 1;
}

function* pgIsReady(argv: readonly string[]): Sim<number> {
  const host = option(argv, 'h', 'host');
  const port = Number(option(argv, 'p', 'port') ?? 5432);
  const quiet = argv.includes('-q') || argv.includes('--quiet');
  const where = `${host ?? '/var/run/postgresql'}:${port}`;
  let ready = true;
  try {
    const connection = yield* SqlConnection.open(host === undefined ? { path: `/var/run/postgresql/.s.PGSQL.${port}` } : { host, port });
    yield* connection.stream.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    ready = false;
  }
  if (!quiet) yield* write(1, `${where} - ${ready ? 'accepting connections' : 'no response'}\n`);
  return ready ? 0 : 2;
}

/** gosu USER COMMAND: becomes the user and runs the command in its place. */
function* gosu(argv: readonly string[]): Sim<number> {
  const [, name, ...words] = argv;
  if (name === undefined || words.length === 0) {
    yield* write(2, `Usage: ${argv[0]} user-spec command [args]\n   eg: ${argv[0]} tianon bash\n`);
    return 1;
  }
  const user = yield* findUser(name.split(':')[0]);
  if (!user) {
    yield* write(2, `error: failed switching to "${name}": unable to find user ${name}: no matching entries in passwd file\n`);
    return 1;
  }
  yield* becomeUser(user);
  const env = new Map(yield* environ());
  env.set('HOME', user.home);
  return yield* runAs(words, env, (missing) => `error: exec: "${missing}": executable file not found in $PATH\n`);
}

export const programs: readonly Program[] = [
  { name: 'postgres', main: postgres, memory: 24 << 20 },
  { name: 'initdb', main: initdb },
  { name: 'pg_ctl', main: pgCtl },
  { name: 'pg_isready', main: pgIsReady },
  { name: 'gosu', main: gosu },
];
