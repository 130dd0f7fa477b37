/** redis-cli: one command, commands from a pipe, or a prompt. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getenv, isatty, read, sleep, write } from '../kernel/syscalls.ts';
import { encodeUtf8, Utf8Decoder } from '../lib/utf8.ts';
import { HostNotFound } from '../net/dns/resolve.ts';
import { connectTcp } from '../net/http/client.ts';
import type { Duplex } from '../net/http/duplex.ts';
import { fdDuplex, HttpError, StreamReader } from '../net/http/duplex.ts';
import type { Reply } from './network/resp.ts';
import { encodeCommand, readReply, splitWords } from './network/resp.ts';

interface Options {
  host: string;
  port: number;
  password: string | undefined;
  db: number;
  raw: boolean | undefined;
  repeat: number;
  intervalUs: number;
  words: string[];
}

function parse(args: readonly string[]): Options | string {
  const o: Options = { host: '127.0.0.1', port: 6379, password: undefined, db: 0, raw: undefined, repeat: 1, intervalUs: 0, words: [] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-')) {
      o.words = args.slice(i);
      break;
    }
    if (arg === '--raw') o.raw = true;
    else if (arg === '--no-raw') o.raw = false;
    else if (arg === '--no-auth-warning' || arg === '-e' || arg === '-3' || arg === '-2') continue;
    else if (arg === '-v' || arg === '--version' || arg === '--help' || arg === '-?') return arg;
    else {
      const value = args[++i];
      if (value === undefined) return `Unrecognized option or bad number of args for: '${arg}'\n`;
      if (arg === '-h') o.host = value;
      else if (arg === '-p') o.port = Number(value);
      else if (arg === '-a' || arg === '--pass') o.password = value;
      else if (arg === '-n') o.db = Number(value);
      else if (arg === '-r') o.repeat = Number(value) < 0 ? Number.POSITIVE_INFINITY : Number(value);
      else if (arg === '-i') o.intervalUs = Number(value) * 1_000_000;
      else if (arg === '-u') {
        const match = /^redis:\/\/(?:[^:@]*:?([^@]*)@)?([^:/]+)(?::(\d+))?(?:\/(\d+))?$/.exec(value);
        if (!match) return 'Invalid URI scheme\n';
        o.password = match[1] || o.password;
        o.host = match[2];
        o.port = Number(match[3] ?? 6379);
        o.db = Number(match[4] ?? 0);
      } else if (arg !== '--user') return `Unrecognized option or bad number of args for: '${arg}'\n`;
    }
  }
  return o;
}

interface Connection {
  readonly stream: Duplex;
  readonly reader: StreamReader;
}

/** As a person reads it: types named, strings quoted, arrays numbered. */
function pretty(reply: Reply, prefix = ''): string {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'bulk':
      return reply.text === null ? '(nil)\n' : `${quoted(reply.text)}\n`;
    case 'array': {
      if (reply.items === null) return '(nil)\n';
      if (reply.items.length === 0) return '(empty array)\n';
      const width = String(reply.items.length).length;
      const inner = `${prefix}${' '.repeat(width + 2)}`;
      return reply.items.map((item, i) => `${i === 0 ? '' : prefix}${String(i + 1).padStart(width)}) ${pretty(item, inner)}`).join('');
    }
  }
}

function quoted(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\x07': '\\a',
    '\b': '\\b',
    '"': '\\"',
    '\\': '\\\\',
  };
  let out = '"';
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    if (names[c] !== undefined) out += names[c];
    else if (code >= 32 && code < 127) out += c;
    else out += bytesOf(c);
  }
  return `${out}"`;
}

function bytesOf(c: string): string {
  return [...encodeUtf8(c)].map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('');
}

function raw(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
    case 'error':
      return reply.text;
    case 'integer':
      return String(reply.value);
    case 'bulk':
      return reply.text ?? '';
    case 'array':
      return (reply.items ?? []).map(raw).join('\n');
  }
}

function* main(argv: readonly string[]): Sim<number> {
  const o = parse(argv.slice(1));
  if (typeof o === 'string') {
    if (o === '-v' || o === '--version') {
      yield* write(1, `redis-cli ${(yield* getenv('REDIS_VERSION')) ?? '7.4.2'}\n`);
      return 0;
    }
    yield* write(
      2,
      o.startsWith('-')
        ? 'Usage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]\n  -h <hostname>  -p <port>  -a <password>  -n <db>  -r <repeat>  -i <seconds>  --raw  --no-raw\n'
        : o,
    );
    return o.startsWith('-') ? 0 : 1;
  }
  const plain = o.raw ?? !(yield* isatty(1));
  const show = function* (reply: Reply): Sim<void> {
    yield* write(1, plain ? `${raw(reply)}\n${reply.kind === 'error' ? '\n' : ''}` : pretty(reply));
  };
  const password = o.password ?? (yield* getenv('REDISCLI_AUTH'));
  if (o.password !== undefined && !argv.includes('--no-auth-warning'))
    yield* write(2, "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n");
  let connection = yield* dial(o, password);
  if (o.words.length > 0) {
    if (!connection) return 1;
    let code = 0;
    for (let i = 0; i < o.repeat; i++) {
      if (i > 0 && o.intervalUs > 0) yield* sleep(o.intervalUs);
      code = yield* send(connection, o.words, show);
      if (code !== 0) return code;
    }
    return code;
  }
  const prompting = yield* isatty(0);
  const lines = lineReader();
  for (;;) {
    if (prompting) {
      const where = connection ? `${o.host}:${o.port}${o.db === 0 ? '' : `[${o.db}]`}` : 'not connected';
      yield* write(1, `${where}> `);
    }
    const line = yield* lines();
    if (line === null) return 0;
    const words = splitWords(line);
    if (words === null) {
      yield* write(1, 'Invalid argument(s)\n');
      continue;
    }
    if (words.length === 0) continue;
    const [first] = words.map((word) => word.toLowerCase());
    if (first === 'quit' || first === 'exit') return 0;
    if (first === 'clear') {
      yield* write(1, '\x1b[H\x1b[2J');
      continue;
    }
    connection ??= yield* dial(o, password);
    if (!connection) continue;
    if ((yield* send(connection, words, show)) !== 0) {
      if (!prompting) return 1;
      yield* connection.stream.close();
      connection = yield* dial(o, password);
    } else if (first === 'select') o.db = Number(words[1]);
  }
}

function* dial(o: Options, password: string | undefined): Sim<Connection | undefined> {
  try {
    const stream = fdDuplex(yield* connectTcp(o.host, o.port));
    const connection = { stream, reader: new StreamReader(stream) };
    if (password !== undefined) {
      yield* stream.write(encodeCommand(['AUTH', password]));
      const reply = yield* readReply(connection.reader);
      if (reply?.kind === 'error') yield* write(2, `AUTH failed: ${reply.text}\n`);
    }
    if (o.db !== 0) {
      yield* stream.write(encodeCommand(['SELECT', String(o.db)]));
      yield* readReply(connection.reader);
    }
    return connection;
  } catch (error) {
    if (!(error instanceof Errno) && !(error instanceof HostNotFound)) throw error;
    yield* write(2, `Could not connect to Redis at ${o.host}:${o.port}: ${error.message}\n`);
    return undefined;
  }
}

function* send(connection: Connection, words: readonly string[], show: (reply: Reply) => Sim<void>): Sim<number> {
  try {
    yield* connection.stream.write(encodeCommand(words));
    const name = words[0].toUpperCase();
    const endless = name === 'SUBSCRIBE' || name === 'PSUBSCRIBE' || name === 'MONITOR';
    for (let n = endless ? Number.POSITIVE_INFINITY : 1; n > 0; n--) {
      const reply = yield* readReply(connection.reader);
      if (!reply) {
        if (name === 'SHUTDOWN' || name === 'QUIT') return 0;
        yield* write(2, 'Error: Server closed the connection\n');
        return 1;
      }
      yield* show(reply);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Errno) && !(error instanceof HttpError)) throw error;
    yield* write(2, `Error: ${error instanceof HttpError ? 'Server closed the connection' : error.message}\n`);
    return 1;
  }
}

/** Lines of standard input; null at its end. */
function lineReader(): () => Sim<string | null> {
  const decoder = new Utf8Decoder();
  let buffer = '';
  let over = false;
  return function* () {
    for (;;) {
      const at = buffer.indexOf('\n');
      if (at >= 0) {
        const line = buffer.slice(0, at);
        buffer = buffer.slice(at + 1);
        return line;
      }
      if (over) {
        const line = buffer;
        buffer = '';
        return line === '' ? null : line;
      }
      const data = yield* read(0, 65_536);
      if (data.length === 0) over = true;
      else buffer += decoder.decode(data);
    }
  };
}

export const program: Program = { name: 'redis-cli', main };
