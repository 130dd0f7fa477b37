/** psql: statements from -c, a file, a pipe or a prompt. */
import { Errno } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { credentials, getenv, isatty, now, read, readText, sigaction, write } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { HostNotFound, resolveHost } from '../../net/dns/resolve.ts';
import { isIpv4 } from '../../net/ip/address.ts';
import { findUser } from '../lib/users.ts';
import { SqlConnection } from '../sql/client.ts';
import type { Fault, Reply } from '../sql/wire.ts';
import { describe } from './meta.ts';
import { type PsqlOptions, parseOptions } from './options.ts';
import { backslashCommand, scan, withoutEscapes } from './scan.ts';
import { renderTable } from './table.ts';

const SOCKET = '/var/run/postgresql/.s.PGSQL.5432';

interface State {
  readonly o: PsqlOptions;
  connection: SqlConnection;
  database: string;
  readonly user: string;
  version: string;
  expanded: boolean;
  timing: boolean;
  /** The statement before, for \g with nothing to send. */
  last?: string;
  /** What stands before an error: 'psql:file.sql:3: '. */
  place: string;
}

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('PG_VERSION')) ?? '18.6';
  const o = parseOptions(argv.slice(1));
  if (typeof o === 'string') {
    yield* write(2, `psql: ${o}\npsql: hint: Try "psql --help" for more information.\n`);
    return 1;
  }
  if (o.version) {
    yield* write(1, `psql (PostgreSQL) ${version.replace(/-.*/, '')}${version.includes('-') ? ` (Debian ${version})` : ''}\n`);
    return 0;
  }
  if (o.help) {
    yield* write(
      1,
      'Usage:\n  psql [OPTION]... [DBNAME [USERNAME]]\n\nOptions: -c COMMAND, -f FILE, -d DBNAME, -h HOST, -p PORT, -U USER, -l, -t, -A, -x, -q, -v NAME=VALUE\n',
    );
    return 0;
  }
  const me = yield* findUser(String((yield* credentials()).euid));
  const user = o.user ?? (yield* getenv('PGUSER')) ?? me?.name ?? 'root';
  const database = o.list ? 'postgres' : (o.database ?? (yield* getenv('PGDATABASE')) ?? user);
  const opened = yield* open(o, user, database);
  if (typeof opened === 'string') {
    yield* write(2, `psql: error: ${opened}\n`);
    return 2;
  }
  const state: State = { o, ...opened, database, user, expanded: o.expanded, timing: false, place: '' };
  if (o.list) return yield* meta(state, '\\l');
  if (o.work.length > 0) {
    for (const { kind, text } of o.work) {
      const status = kind === 'command' ? yield* command(state, text) : yield* file(state, text);
      if (status !== 0 && (o.stopOnError || kind === 'command')) return kind === 'command' ? 1 : 3;
      if (status === 2) return 2;
    }
    return 0;
  }
  return yield* lines(state);
}

/** A connection, or why there is none. */
function* open(o: PsqlOptions, user: string, database: string): Sim<{ connection: SqlConnection; version: string } | string> {
  const host = o.host ?? (yield* getenv('PGHOST')) ?? '';
  const port = Number(o.port ?? (yield* getenv('PGPORT')) ?? 5432);
  let where = `connection to server on socket "${SOCKET}" failed: `;
  try {
    if (host !== '' && !host.startsWith('/')) {
      const address = (yield* resolveHost(host)).find(isIpv4) ?? host;
      where = `connection to server at "${host}"${isIpv4(host) ? '' : ` (${address})`}, port ${port} failed: `;
      if (isIpv4(host)) where = `connection to server at "${host}", port ${port} failed: `;
    }
    const connection = yield* SqlConnection.open(host === '' || host.startsWith('/') ? { path: SOCKET } : { host, port });
    const password = o.password ?? (yield* getenv('PGPASSWORD'));
    const reply = yield* connection.login({ user, database, password });
    if (!reply)
      return `${where}server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.`;
    if (reply.fault) return `${where}${reply.fault.message.startsWith('fe_') ? '' : 'FATAL:  '}${reply.fault.message}`;
    return { connection, version: reply.version ?? '' };
  } catch (error) {
    if (error instanceof HostNotFound) return `could not translate host name "${host}" to address: ${error.message}`;
    if (!(error instanceof Errno)) throw error;
    const hint =
      host === ''
        ? `Is the server running locally and accepting connections on that socket?`
        : `Is the server running on that host and accepting TCP/IP connections?`;
    return `${where}${error.message}\n\t${hint}`;
  }
}

/** -c: one backslash command, or statements that go to the server together. */
function* command(state: State, text: string): Sim<number> {
  if (text.trimStart().startsWith('\\')) return yield* meta(state, text.trim());
  return yield* perform(state, text);
}

function* file(state: State, path: string): Sim<number> {
  let text: string;
  try {
    text = yield* readText(path === '-' ? '/dev/stdin' : path);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `psql: error: ${path}: ${error.message}\n`);
    return 1;
  }
  let failed = 0;
  let waiting = '';
  for (const [number, line] of text.split('\n').entries()) {
    state.place = `psql:${path}:${number + 1}: `;
    const result = yield* feed(state, waiting, line);
    waiting = result.waiting;
    if (result.status !== 0) failed = result.status;
    if (result.quit || (failed !== 0 && state.o.stopOnError)) break;
  }
  if (waiting.trim() !== '' && failed === 0) failed = yield* perform(state, waiting);
  state.place = '';
  return failed;
}

/** Takes a line of input; statements may go over several. */
function* feed(state: State, waiting: string, line: string): Sim<{ waiting: string; status: number; quit: boolean }> {
  let text = waiting + line;
  let status = 0;
  for (;;) {
    const stop = scan(text);
    const before = withoutEscapes(text.slice(0, stop.at), stop);
    if (stop.kind === 'end') return { waiting: stop.open === '=' ? '' : `${text}\n`, status, quit: false };
    if (stop.kind === 'statement') {
      const result = yield* perform(state, `${before};`);
      text = text.slice(stop.at + 1);
      status = result || status;
      state.last = before;
    } else {
      const { name, argument, rest } = backslashCommand(text.slice(stop.at));
      if (name === 'q' || name === 'quit') return { waiting: '', status, quit: true };
      const result = yield* inBuffer(state, name, argument, before);
      text = result.buffer + rest;
      status = result.status || status;
    }
    if (status === 2 || (status !== 0 && state.o.stopOnError)) return { waiting: '', status, quit: false };
  }
}

/** A backslash command while `buffer` waits for its semicolon: most leave it alone. */
function* inBuffer(state: State, name: string, argument: string, buffer: string): Sim<{ buffer: string; status: number }> {
  const query = buffer.trim() === '' ? (state.last ?? '') : buffer;
  switch (name) {
    case 'g':
    case 'gx': {
      const { expanded } = state;
      if (name === 'gx') state.expanded = true;
      const status = yield* perform(state, query);
      state.expanded = expanded;
      state.last = query;
      return { buffer: '', status };
    }
    case 'r':
    case 'reset':
      if (!state.o.quiet) yield* write(1, 'Query buffer reset (cleared).\n');
      return { buffer: '', status: 0 };
    case 'p':
    case 'print':
      yield* write(1, query === '' ? 'Query buffer is empty.\n' : `${query.trim()}\n`);
      return { buffer, status: 0 };
  }
  return { buffer, status: yield* meta(state, `\\${name} ${argument}`) };
}

/** At a prompt these words are for psql where nothing waits, and tell the way out where something does. */
function hint(line: string, waiting: string): string | undefined {
  if (waiting === '') return undefined;
  const { open } = scan(waiting);
  const hidden = open !== '-' && open !== '(';
  if (/^\s*(quit|exit)\s*;?\s*$/i.test(line)) return hidden ? 'Use control-D to quit.\n' : 'Use \\q to quit.\n';
  if (/^\s*\\q\s*$/.test(line) && hidden) return 'Use control-D to quit.\n';
  if (/^\s*help\s*;?\s*$/i.test(line)) return 'Use \\? for help or press control-C to clear the input buffer.\n';
  return undefined;
}

/** Standard input: a prompt on a terminal, else quiet. */
function* lines(state: State): Sim<number> {
  const interactive = yield* isatty(0);
  if (interactive && !state.o.quiet) {
    const number = state.version.replace(/^PostgreSQL (\S+(?: \(Debian [^)]*\))?).*/, '$1');
    yield* write(1, `psql (${number})\nType "help" for help.\n\n`);
  }
  class Interrupted extends Error {}
  if (interactive)
    yield* sigaction('SIGINT', function* () {
      throw new Interrupted();
    });
  const decoder = new Utf8Decoder();
  let text = '';
  let waiting = '';
  let status = 0;
  for (;;) {
    try {
      if (interactive && !text.includes('\n')) yield* write(1, `${state.database}${scan(waiting).open}# `);
      while (!text.includes('\n')) {
        const bytes = yield* read(0);
        if (bytes.length === 0) {
          if (interactive) yield* write(1, '\\q\n');
          else if ((waiting + text).trim() !== '') status = (yield* perform(state, waiting + text)) || status;
          return status === 0 || !state.o.stopOnError ? 0 : 3;
        }
        text += decoder.decode(bytes);
      }
      const end = text.indexOf('\n');
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      if (interactive && line.trim() === 'help' && waiting === '') {
        yield* write(
          1,
          'This is psql, the command line of PostgreSQL.\nTry: \\l databases, \\dt tables, \\d NAME a table, \\c NAME another database, \\q the end; or any SQL with ; at its end.\n',
        );
        continue;
      }
      if (interactive && waiting === '' && /^\s*(quit|exit)\s*;?\s*$/i.test(line)) return 0;
      if (interactive) yield* write(1, hint(line, waiting) ?? '');
      if (!interactive) state.place = '';
      const result = yield* feed(state, waiting, line);
      waiting = result.waiting;
      status = result.status || status;
      if (result.quit) return 0;
      if (result.status === 2) return 2;
      if (result.status !== 0 && state.o.stopOnError) return 3;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      waiting = '';
      text = '';
      yield* write(1, '\n');
    }
  }
}

/** 0, 1 when the statement failed, 2 when the connection is lost. */
function* perform(state: State, sql: string): Sim<number> {
  if (sql.trim() === '') return 0;
  const lead = /^\s*/.exec(sql)?.[0].length ?? 0;
  const statement = sql.slice(lead).trimEnd();
  const begun = yield* now();
  const reply = yield* state.connection.ask({ sql: statement });
  const took = (yield* now()) - begun;
  if (!reply) {
    yield* write(
      2,
      `${state.place}server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n${state.place}error: connection to server was lost\n`,
    );
    return 2;
  }
  if (reply.fault) {
    yield* write(2, faultText(reply.fault, statement, state.place));
    return 1;
  }
  for (const part of [...(reply.before ?? []), reply]) {
    if (part.notice !== undefined)
      yield* write(2, `${state.place}${/transaction/.test(part.notice) ? 'WARNING' : 'NOTICE'}:  ${part.notice}\n`);
    yield* write(1, shown(part, state));
  }
  if (state.timing) yield* write(1, `Time: ${(took / 1000).toFixed(3)} ms\n`);
  return 0;
}

function shown(reply: Reply, state: State): string {
  const { o } = state;
  const style = { aligned: o.aligned, tuplesOnly: o.tuplesOnly, expanded: state.expanded, separator: o.separator };
  const rows = reply.answer ? renderTable(reply.answer, style) : '';
  const tag = reply.tag && !reply.tag.startsWith('SELECT') && reply.tag !== 'SHOW' && !o.quiet ? `${reply.tag}\n` : '';
  return rows + (reply.answer || !reply.tag?.startsWith('SELECT') ? tag : `${reply.tag}\n`);
}

function faultText(fault: Fault, statement: string, place: string): string {
  let text = `${place}ERROR:  ${fault.message}\n`;
  if (fault.detail !== undefined) text += `DETAIL:  ${fault.detail}\n`;
  if (fault.at !== undefined) {
    const before = statement.slice(0, fault.at);
    const line = before.split('\n').length;
    const start = before.lastIndexOf('\n') + 1;
    const head = `LINE ${line}: `;
    text += `${head}${statement.slice(start).split('\n')[0]}\n${' '.repeat(head.length + fault.at - start)}^\n`;
  }
  return text;
}

function* meta(state: State, text: string): Sim<number> {
  const [, name = '', argument = ''] = /^\\(\S+)\s*(.*?);?\s*$/.exec(text) ?? [];
  const { o } = state;
  switch (name) {
    case 'q':
      return 0;
    case 'c':
    case 'connect': {
      const [database = state.database] = argument.split(/\s+/).filter((word) => word !== '');
      const opened = yield* open(o, state.user, database);
      if (typeof opened === 'string') {
        yield* write(2, `${opened}\nPrevious connection kept\n`);
        return 1;
      }
      yield* state.connection.stream.close();
      state.connection = opened.connection;
      state.database = database;
      yield* write(1, `You are now connected to database "${database}" as user "${state.user}".\n`);
      return 0;
    }
    case 'conninfo':
      yield* write(
        1,
        `You are connected to database "${state.database}" as user "${state.user}" via socket in "/var/run/postgresql" at port "5432".\n`,
      );
      return 0;
    case 'x':
      state.expanded = argument === '' ? !state.expanded : argument === 'on';
      yield* write(1, `Expanded display is ${state.expanded ? 'on' : 'off'}.\n`);
      return 0;
    case 'timing':
      state.timing = !state.timing;
      yield* write(1, `Timing is ${state.timing ? 'on' : 'off'}.\n`);
      return 0;
    case 'echo':
      yield* write(1, `${argument}\n`);
      return 0;
    case 'i':
      return yield* file(state, argument);
    case '?':
      yield* write(
        1,
        'Backslash commands here: \\l \\dt \\d [NAME] \\du \\dn \\c NAME \\conninfo \\x \\timing \\i FILE \\echo TEXT \\g \\gx \\p \\r \\q\n',
      );
      return 0;
  }
  const result = yield* describe(state.connection, name, argument, {
    aligned: o.aligned,
    tuplesOnly: o.tuplesOnly,
    expanded: false,
    separator: o.separator,
  });
  if (!result) {
    yield* write(2, `${state.place}invalid command \\${name}\nTry \\? for help.\n`);
    return 1;
  }
  yield* write(1, result.out);
  if (result.err !== undefined) yield* write(2, `${state.place}${result.err}`);
  return 0;
}

export const program: Program = { name: 'psql', main, memory: 6 << 20 };
