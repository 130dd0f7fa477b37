/** The part of a database server that does not depend on its dialect: sessions, login, and the cluster on disk. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { accept, mkdirAll, randomBelow, readText, sleep, thread, wallClock, writeFile } from '../../kernel/syscalls.ts';
import { fdDuplex, HttpError, StreamReader } from '../../net/http/duplex.ts';
import { type Cluster, parseCluster, type Table } from './cluster.ts';
import { executeAll } from './executeAll.ts';
import type { Result } from './result.ts';
import type { Session } from './session.ts';
import type { Dialect } from './syntax.ts';
import { SqlError } from './syntax.ts';
import { type Hello, type Reply, type Request, receive, send } from './wire.ts';

export interface SqlServerOptions {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  readonly version: string;
  /** Where the cluster is kept. */
  readonly file: string;
  /** Refuses a login: the fault to send. `peer`: the address, '' for the local socket. */
  login(hello: Hello, peer: string): Sim<SqlError | undefined>;
  /** Tells the log of a statement that failed. */
  onError(error: SqlError, statement: string): Sim<void>;
}

export function* loadCluster(file: string): Sim<Cluster> {
  return parseCluster(yield* readText(file));
}

export function* saveCluster(file: string, cluster: Cluster): Sim<void> {
  yield* mkdirAll(file.replace(/\/[^/]*$/, ''), 0o700);
  yield* writeFile(file, JSON.stringify(cluster), 0o600);
}

/** Accepts on a listening socket until the process ends. */
export function* acceptSessions(listenFd: number, o: SqlServerOptions): Sim<void> {
  for (;;) {
    const { fd, peer } = yield* accept(listenFd);
    yield* thread(() => converse(fd, 'address' in peer ? peer.address : '', o));
  }
}

function* converse(fd: number, peer: string, o: SqlServerOptions): Sim<void> {
  const stream = fdDuplex(fd);
  const reader = new StreamReader(stream);
  try {
    const hello = yield* receive<Hello>(reader);
    if (!hello) return;
    const refused = yield* o.login(hello, peer);
    if (refused) {
      yield* send(stream, fault(refused, true));
      return;
    }
    let delay = 0;
    const draws: number[] = [];
    const session: Session = {
      cluster: o.cluster,
      dialect: o.dialect,
      user: hello.user,
      version: o.version,
      database: hello.database,
      saved: undefined,
      failed: false,
      nowUs: 0,
      random: () => (draws.pop() ?? 0) / 2 ** 30,
      sleep: (seconds) => {
        delay += seconds;
      },
    };
    yield* send(stream, { database: session.database, version: o.version } satisfies Reply);
    for (let request = yield* receive<Request>(reader); request; request = yield* receive<Request>(reader)) {
      session.nowUs = yield* wallClock();
      while (draws.length < 16) draws.push(yield* randomBelow(2 ** 30));
      if ('ask' in request) {
        yield* send(stream, { facts: facts(session, request.ask, request.name ?? '') } satisfies Reply);
        continue;
      }
      const reply = yield* perform(request.sql, session, o);
      if (delay > 0) yield* sleep(delay * 1_000_000);
      delay = 0;
      yield* send(stream, reply);
    }
  } catch (error) {
    if (!(error instanceof Errno) && !(error instanceof HttpError)) throw error;
  } finally {
    yield* stream.close();
  }
}

function* perform(sql: string, session: Session, o: SqlServerOptions): Sim<Reply> {
  try {
    const results = executeAll(sql, session);
    // What a transaction does is kept when it commits.
    if (results.some((result) => result.changed) && session.saved === undefined) yield* saveCluster(o.file, o.cluster);
    const replies = results.map((result) => answerOf(result, session));
    return { tag: '', ...replies.at(-1), ...(replies.length > 1 ? { before: replies.slice(0, -1) } : {}) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    yield* o.onError(error, sql);
    return fault(error, false);
  }
}

const answerOf = (result: Result, session: Session): Reply => ({
  tag: result.tag,
  affected: result.affected,
  database: session.database,
  ...(result.answer ? { answer: result.answer } : {}),
  ...(result.notice === undefined ? {} : { notice: result.notice }),
});

function fault(error: SqlError, fatal: boolean): Reply {
  const { message, state, number, at, detail } = error;
  return { fault: { message, state, number, fatal, ...(at === undefined ? {} : { at }), ...(detail === undefined ? {} : { detail }) } };
}

/** What psql's backslash commands ask. */
function facts(session: Session, ask: string, name: string): unknown {
  const { cluster, database } = session;
  switch (ask) {
    case 'databases':
      return Object.values(cluster.databases).map(({ name: n, owner }) => ({ name: n, owner }));
    case 'tables':
      return Object.values(cluster.databases[database]?.tables ?? {}).map((table) => ({
        name: table.name,
        owner: cluster.databases[database].owner,
      }));
    case 'table': {
      const table: Table | undefined = cluster.databases[database]?.tables[name];
      return table ? { ...table, rows: [] } : undefined;
    }
    case 'roles':
      return Object.values(cluster.roles).map(({ name: n, superuser }) => ({ name: n, superuser }));
  }
  return undefined;
}
