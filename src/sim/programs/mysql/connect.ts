/** What mysql and mysqladmin share: options, the way to the server, and its refusals. */

import { ERRNO, Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getenv, isatty, read, write } from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';
import { HostNotFound } from '../../net/dns/resolve.ts';
import { SqlConnection } from '../sql/client.ts';

const SOCKET = '/var/run/mysqld/mysqld.sock';

export interface MysqlOptions {
  host: string | undefined;
  port: number;
  user: string;
  password: string | undefined;
  askPassword: boolean;
  database: string;
  execute: string | undefined;
  table: boolean;
  heads: boolean;
  force: boolean;
  version: boolean;
  words: string[];
}

const LONG: Readonly<Record<string, string>> = {
  host: 'h',
  port: 'P',
  user: 'u',
  password: 'p',
  database: 'D',
  execute: 'e',
  table: 't',
  silent: 's',
  force: 'f',
  version: 'V',
  protocol: '=',
  socket: 'S',
  'skip-column-names': 'N',
  batch: 'B',
};

/** Or the option that is not known. */
export function parseOptions(args: readonly string[]): MysqlOptions | string {
  const o: MysqlOptions = {
    host: undefined,
    port: 3306,
    user: 'root',
    password: undefined,
    askPassword: false,
    database: '',
    execute: undefined,
    table: false,
    heads: true,
    force: false,
    version: false,
    words: [],
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-')) {
      o.words.push(arg);
      continue;
    }
    const long = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(arg);
    const letter = long ? own(LONG, long[1]) : arg[1];
    let value = long ? long[2] : arg.slice(2) || undefined;
    if (letter === undefined) return arg;
    if ('hPuDeS='.includes(letter) && value === undefined) value = args[++i];
    if (letter === 'h') o.host = value;
    else if (letter === 'P') o.port = Number(value);
    else if (letter === 'u') o.user = value ?? 'root';
    else if (letter === 'p') {
      o.password = value;
      o.askPassword = value === undefined;
    } else if (letter === 'D') o.database = value ?? '';
    else if (letter === 'e') o.execute = value ?? '';
    else if (letter === 't') o.table = true;
    else if (letter === 'N') o.heads = false;
    else if (letter === 's') o.heads = !arg.includes('ss');
    else if (letter === 'f') o.force = true;
    else if (letter === 'V') o.version = true;
    else if (!'SB=vwANn'.includes(letter)) return arg;
  }
  return o;
}

/** A session, or the line that says why there is none. */
export function* openSession(
  o: MysqlOptions,
  tool: string,
): Sim<{ readonly connection: SqlConnection; readonly version: string } | string> {
  if (o.password !== undefined) yield* write(2, `${tool}: [Warning] Using a password on the command line interface can be insecure.\n`);
  let password = o.password ?? (yield* getenv('MYSQL_PWD'));
  if (o.askPassword) password = yield* askPassword();
  const local = o.host === undefined || o.host === 'localhost';
  try {
    const connection = yield* SqlConnection.open(local ? { path: SOCKET } : { host: o.host ?? '', port: o.port });
    const reply = yield* connection.login({ user: o.user, password, database: o.database });
    if (!reply) return "ERROR 2013 (HY000): Lost connection to MySQL server at 'reading initial communication packet', system error: 0";
    if (reply.fault) return `ERROR ${reply.fault.number} (${reply.fault.state}): ${reply.fault.message}`;
    return { connection, version: reply.version ?? '' };
  } catch (error) {
    if (error instanceof HostNotFound) return `ERROR 2005 (HY000): Unknown MySQL server host '${o.host}' (-2)`;
    if (!(error instanceof Errno)) throw error;
    const number = numberOf(error);
    return local
      ? `ERROR 2002 (HY000): Can't connect to local MySQL server through socket '${SOCKET}' (${number})`
      : `ERROR 2003 (HY000): Can't connect to MySQL server on '${o.host}:${o.port}' (${number})`;
  }
}

function numberOf(error: Errno): number {
  const entry: unknown = ERRNO[error.code];
  return typeof entry === 'number' ? entry : Array.isArray(entry) ? Number(entry[0]) : 111;
}

function* askPassword(): Sim<string> {
  if (yield* isatty(0)) yield* write(1, 'Enter password: ');
  let line = '';
  for (;;) {
    const byte = yield* read(0, 1);
    if (byte.length === 0 || byte[0] === 10) break;
    line += String.fromCharCode(byte[0]);
  }
  return line;
}
