/** The clients mysql and mysqladmin. */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getenv, isatty, kill, now, read, readText, write } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import type { SqlConnection } from '../sql/client.ts';
import { splitStatements } from '../sql/lexer.ts';
import { type MysqlOptions, openSession, parseOptions } from './connect.ts';
import { boxed, tabbed, vertical } from './table.ts';

interface State {
  readonly o: MysqlOptions;
  readonly connection: SqlConnection;
  readonly interactive: boolean;
  line: number;
}

function* mysql(argv: readonly string[]): Sim<number> {
  const o = parseOptions(argv.slice(1));
  if (typeof o === 'string') {
    yield* write(2, `mysql: [ERROR] mysql: unknown option '${o}'.\n`);
    return 2;
  }
  const packaged = (yield* getenv('MYSQL_VERSION')) ?? '9.7.2-1.el9';
  if (o.version) {
    yield* write(1, `mysql  Ver ${packaged.replace(/-.*/, '')} for Linux on x86_64 (MySQL Community Server - GPL)\n`);
    return 0;
  }
  if (o.words[0] !== undefined) o.database = o.words[0];
  const opened = yield* openSession(o, 'mysql');
  if (typeof opened === 'string') {
    yield* write(2, `${opened}\n`);
    return 1;
  }
  const interactive = o.execute === undefined && (yield* isatty(0));
  if (yield* isatty(1)) o.table = true;
  const state: State = { o, connection: opened.connection, interactive, line: 1 };
  if (o.execute !== undefined) return yield* script(state, o.execute);
  if (interactive)
    yield* write(
      1,
      `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nYour MySQL connection id is 8\nServer version: ${opened.version} MySQL Community Server - GPL\n\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n`,
    );
  return yield* lines(state);
}

function* script(state: State, text: string): Sim<number> {
  const { statements, rest } = splitStatements(text.replaceAll('\\G', ' \\G;'), 'mysql');
  for (const statement of [...statements, rest]) {
    const status = yield* perform(state, statement);
    if (status !== 0 && !state.o.force) return status;
    state.line += statement.split('\n').length - 1;
  }
  return 0;
}

function* lines(state: State): Sim<number> {
  const decoder = new Utf8Decoder();
  let text = '';
  let waiting = '';
  for (;;) {
    if (state.interactive && !text.includes('\n')) yield* write(1, waiting.trim() === '' ? 'mysql> ' : '    -> ');
    while (!text.includes('\n')) {
      const bytes = yield* read(0);
      if (bytes.length === 0) {
        const status = yield* script(state, waiting + text);
        if (state.interactive) yield* write(1, 'Bye\n');
        return status;
      }
      text += decoder.decode(bytes);
    }
    const end = text.indexOf('\n');
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    if (/^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line)) {
      if (state.interactive) yield* write(1, 'Bye\n');
      return 0;
    }
    const { statements, rest } = splitStatements(waiting + line.replace(/\\G\s*;?/, ' \\G;').replace(/\\g\s*$/, ';'), 'mysql');
    waiting = rest.trim() === '' ? '' : `${rest}\n`;
    if (/\\c\s*$/.test(waiting)) waiting = '';
    for (const statement of statements) {
      const status = yield* perform(state, statement);
      if (status !== 0 && !state.interactive && !state.o.force) return status;
    }
    if (waiting === '') state.line++;
  }
}

function* perform(state: State, raw: string): Sim<number> {
  const upright = /\\G\s*$/.test(raw);
  const sql = raw.replace(/\\[Gg]\s*$/, '').trim();
  if (sql === '') return 0;
  const { o, interactive } = state;
  const begun = yield* now();
  const reply = yield* state.connection.ask({ sql });
  if (!reply) {
    yield* write(2, 'ERROR 2013 (HY000): Lost connection to MySQL server during query\n');
    return 1;
  }
  if (reply.fault) {
    const { number, state: code, message } = reply.fault;
    yield* write(2, `ERROR ${number} (${code})${interactive ? '' : ` at line ${state.line}`}: ${message}\n`);
    return 1;
  }
  const took = `(${(((yield* now()) - begun) / 1_000_000).toFixed(2)} sec)`;
  if (reply.answer && upright) yield* write(1, vertical(reply.answer));
  else if (reply.answer && reply.answer.rows.length > 0) yield* write(1, o.table ? boxed(reply.answer) : tabbed(reply.answer, o.heads));
  if (!interactive) return 0;
  const rows = reply.answer?.rows.length ?? 0;
  if (reply.answer) yield* write(1, rows === 0 ? `Empty set ${took}\n\n` : `${rows} row${rows === 1 ? '' : 's'} in set ${took}\n\n`);
  else if (reply.tag === 'USE') yield* write(1, 'Database changed\n');
  else {
    const n = reply.affected ?? 0;
    yield* write(1, `Query OK, ${n} row${n === 1 ? '' : 's'} affected ${took}\n`);
    if (reply.tag?.startsWith('UPDATE')) yield* write(1, `Rows matched: ${n}  Changed: ${n}  Warnings: 0\n`);
    yield* write(1, '\n');
  }
  return 0;
}

function* mysqladmin(argv: readonly string[]): Sim<number> {
  const o = parseOptions(argv.slice(1));
  if (typeof o === 'string') {
    yield* write(2, `mysqladmin: [ERROR] unknown option '${o}'.\n`);
    return 2;
  }
  const [verb] = o.words;
  const opened = yield* openSession(o, 'mysqladmin');
  if (typeof opened === 'string') {
    // A server that refuses the password is alive all the same.
    if (verb === 'ping' && opened.startsWith('ERROR 1045')) {
      yield* write(1, 'mysqld is alive\n');
      return 0;
    }
    yield* write(
      2,
      `mysqladmin: connect to server at '${o.host ?? 'localhost'}' failed\nerror: '${opened.replace(/^ERROR \d+ \(\w+\): /, '')}'\n`,
    );
    return 1;
  }
  switch (verb) {
    case 'ping':
      yield* write(1, 'mysqld is alive\n');
      return 0;
    case 'shutdown':
      yield* kill(Number((yield* readText('/var/run/mysqld/mysqld.pid')).trim()), 'SIGTERM');
      return 0;
    case 'version':
      yield* write(1, `Server version\t\t${opened.version}\n`);
      return 0;
  }
  yield* write(2, `mysqladmin: Unknown command: '${verb ?? ''}'\n`);
  return 1;
}

export const programs: readonly Program[] = [
  { name: 'mysql', main: mysql, memory: 8 << 20 },
  { name: 'mysqladmin', main: mysqladmin },
];
