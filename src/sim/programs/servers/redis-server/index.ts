/** redis-server 7. */
import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  getcwd,
  getenv,
  getpid,
  kill,
  listen,
  randomBelow,
  readText,
  setProcessTitle,
  setsockopt,
  sigaction,
  sigsuspend,
  sleep,
  socket,
  thread,
  wallClock,
  write,
} from '../../../kernel/syscalls.ts';
import { calendarTime } from '../../../net/http/date.ts';
import type { Duplex } from '../../../net/http/duplex.ts';
import { fdDuplex, HttpError, StreamReader } from '../../../net/http/duplex.ts';
import type { Reply } from '../../network/resp.ts';
import { array, bulk, bulks, encodeReply, failure, integer, NIL, OK, readCommand, status } from '../../network/resp.ts';
import { banner } from './banner.ts';
import { commandCount, Database, execute, globPattern, isWrite } from './database.ts';
import type { Places } from './persistence.ts';
import { appendCommand, loadDump, openAppendOnly, saveDump } from './persistence.ts';

const DEFAULT_VERSION = '7.4.2';

interface Client {
  readonly id: number;
  readonly stream: Duplex;
  readonly address: string;
  name: string;
  db: number;
  authenticated: boolean;
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  queue: string[][] | undefined;
}

class Server {
  readonly version: string;
  readonly config: Map<string, string>;
  readonly databases: Database[];
  readonly clients = new Set<Client>();
  readonly startedAt: number;
  commands = 0;
  connections = 0;
  lastSave: number;
  nextClient = 1;
  /** 'M' for a running server, 'C' before it. */
  role = 'C';

  constructor(version: string, config: Map<string, string>, now: number) {
    this.version = version;
    this.config = config;
    this.databases = Array.from({ length: Number(config.get('databases') ?? 16) }, () => new Database());
    this.startedAt = now;
    this.lastSave = now;
  }

  get places(): Places {
    const get = (name: string, fallback: string) => this.config.get(name) ?? fallback;
    return {
      folder: get('dir', '/data'),
      dump: get('dbfilename', 'dump.rdb'),
      appendFolder: get('appenddirname', 'appendonlydir'),
      appendName: get('appendfilename', 'appendonly.aof'),
    };
  }

  get appendOnly(): boolean {
    return this.config.get('appendonly') === 'yes';
  }

  /** '1:M 24 Nov 2026 14:00:00.000 * text': level is . - * or #. */
  *log(level: string, text: string): Sim<void> {
    const now = yield* wallClock();
    const t = calendarTime(now);
    const ms = String(Math.floor(now / 1000) % 1000).padStart(3, '0');
    yield* write(1, `${yield* getpid()}:${this.role} ${t.day} ${t.month} ${t.year} ${t.time}.${ms} ${level} ${text}\n`);
  }
}

const DEFAULTS: readonly (readonly [string, string])[] = [
  ['port', '6379'],
  ['bind', '* -::*'],
  ['appendonly', 'no'],
  ['save', '3600 1 300 100 60 10000'],
  ['dbfilename', 'dump.rdb'],
  ['appenddirname', 'appendonlydir'],
  ['appendfilename', 'appendonly.aof'],
  ['maxmemory', '0'],
  ['maxmemory-policy', 'noeviction'],
  ['databases', '16'],
  ['requirepass', ''],
  ['protected-mode', 'no'],
  ['loglevel', 'notice'],
  ['timeout', '0'],
  ['tcp-keepalive', '300'],
  ['appendfsync', 'everysec'],
  ['maxclients', '10000'],
];

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('REDIS_VERSION')) ?? DEFAULT_VERSION;
  if (argv[1] === '-v' || argv[1] === '--version') {
    yield* write(1, `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
    return 0;
  }
  const config = new Map(DEFAULTS);
  config.set('dir', yield* getcwd());
  let rest = argv.slice(1);
  let file: string | undefined;
  if (rest[0] !== undefined && !rest[0].startsWith('-')) {
    file = rest[0];
    try {
      const text = file === '-' ? '' : yield* readText(file);
      const bad = readConfig(
        config,
        text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '' && !line.startsWith('#')),
      );
      if (bad) return yield* configFault(bad);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* write(
        2,
        `*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nFatal error, can't open config file '${file}': ${error.message}\n`,
      );
      return 1;
    }
    rest = rest.slice(1);
  }
  const lines: string[] = [];
  for (const arg of rest) {
    if (arg.startsWith('--')) lines.push(arg.slice(2));
    else if (lines.length > 0) lines[lines.length - 1] += ` ${arg === '' ? '""' : arg}`;
  }
  const bad = readConfig(config, lines);
  if (bad) return yield* configFault(bad);
  return yield* serve(new Server(version, config, yield* wallClock()), file !== undefined || lines.length > 0);
}

function* configFault(bad: { line: number; text: string }): Sim<number> {
  yield* write(
    2,
    `\n*** FATAL CONFIG FILE ERROR ***\nReading the configuration file, at line ${bad.line}\n>>> '${bad.text}'\nBad directive or wrong number of arguments\n`,
  );
  return 1;
}

const MORE_NAMES = new Set([
  'dir',
  'daemonize',
  'pidfile',
  'logfile',
  'user',
  'masterauth',
  'replicaof',
  'slaveof',
  'include',
  'tcp-backlog',
  'always-show-logo',
  'stop-writes-on-bgsave-error',
  'rdbcompression',
  'rdbchecksum',
  'unixsocket',
  'hz',
  'auto-aof-rewrite-percentage',
  'auto-aof-rewrite-min-size',
  'notify-keyspace-events',
  'slowlog-log-slower-than',
  'slowlog-max-len',
  'aof-use-rdb-preamble',
  'no-appendfsync-on-rewrite',
  'lazyfree-lazy-eviction',
  'io-threads',
  'cluster-enabled',
  'replica-read-only',
  'supervised',
  'set-proc-title',
  'enable-protected-configs',
  'enable-debug-command',
  'enable-module-command',
]);

/** 'name value' lines; the first wrong one is answered. */
function readConfig(config: Map<string, string>, lines: readonly string[]): { line: number; text: string } | undefined {
  for (const [i, line] of lines.entries()) {
    const match = /^(\S+)\s*(.*)$/.exec(line);
    const name = match?.[1].toLowerCase() ?? '';
    if (!match || (!config.has(name) && !MORE_NAMES.has(name))) return { line: i + 2, text: line };
    config.set(name, match[2].replace(/^"(.*)"$/, '$1'));
  }
  return undefined;
}

function* serve(server: Server, configured: boolean): Sim<number> {
  const pid = yield* getpid();
  yield* server.log('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  yield* server.log('*', `Redis version=${server.version}, bits=64, commit=00000000, modified=0, pid=${pid}, just started`);
  if (configured) yield* server.log('*', 'Configuration loaded');
  else
    yield* server.log(
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    );
  server.role = 'M';
  yield* server.log('*', 'monotonic clock: POSIX clock_gettime');
  const port = Number(server.config.get('port'));
  const listeners: number[] = [];
  for (const [domain, address] of [
    ['inet', ''],
    ['inet6', '::'],
  ] as const) {
    const fd = yield* socket(domain, 'stream');
    try {
      yield* setsockopt(fd, 'SO_REUSEADDR', 1);
      if (domain === 'inet6') yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
      yield* bind(fd, { address, port });
      yield* listen(fd, 511);
      listeners.push(fd);
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      yield* server.log(
        '#',
        `Warning: Could not create server TCP listening socket ${domain === 'inet' ? '*' : '::*'}:${port}: bind: ${error.message}`,
      );
    }
  }
  if (listeners.length === 0) {
    yield* server.log('#', `Failed listening on port ${port} (tcp), aborting.`);
    return 1;
  }
  yield* write(1, banner(server.version, port, pid));
  yield* setProcessTitle('redis-server', [`redis-server *:${port}`]);
  const stopped = { by: '' };
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    yield* sigaction(name, function* () {
      stopped.by = name;
      yield* server.log('*', `Received ${name} scheduling shutdown...`);
    });
  }
  yield* sigaction('SIGPIPE', 'ignore');
  yield* load(server);
  yield* server.log('*', 'Ready to accept connections tcp');
  const quit = function* (): Sim<void> {
    stopped.by = 'SHUTDOWN';
    // Wakes the main thread out of its sleep.
    yield* kill(pid, 'SIGUSR2');
  };
  yield* sigaction('SIGUSR2', function* () {});
  for (const fd of listeners) {
    yield* thread(function* () {
      for (;;) {
        const { fd: connection, peer } = yield* accept(fd);
        const address = 'port' in peer ? `${peer.address}:${peer.port}` : '';
        yield* thread(() => converse(server, connection, address, quit));
      }
    });
  }
  yield* thread(() => saveNowAndThen(server));
  while (stopped.by === '') yield* sigsuspend();
  yield* server.log('*', 'User requested shutdown...');
  if (server.appendOnly) yield* server.log('*', 'Calling fsync() on the AOF file.');
  if (server.config.get('save') !== '' && server.databases.some((db) => db.dirty > 0 || db.entries.size > 0)) {
    yield* server.log('*', 'Saving the final RDB snapshot before exiting.');
    try {
      yield* saveDump(server.databases[0], server.places, (yield* wallClock()) / 1000);
      yield* server.log('*', 'DB saved on disk');
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* server.log('#', `Error trying to save the DB, can't exit: ${error.message}`);
    }
  }
  yield* server.log('#', 'Redis is now ready to exit, bye bye...');
  return 0;
}

function* load(server: Server): Sim<void> {
  const now = (yield* wallClock()) / 1000;
  const [db] = server.databases;
  try {
    if (server.appendOnly) {
      if (yield* openAppendOnly(db, server.places, now)) yield* server.log('*', 'DB loaded from append only file: 0.000 seconds');
      else yield* server.log('*', `Creating AOF base file ${server.places.appendName}.1.base.rdb on server start`);
    } else if (yield* loadDump(db, server.places, now)) {
      yield* server.log('*', `Done loading RDB, keys loaded: ${db.entries.size}, keys expired: 0.`);
      yield* server.log('*', 'DB loaded from disk: 0.000 seconds');
    }
  } catch (error) {
    if (!(error instanceof Errno) && !(error instanceof HttpError)) throw error;
    yield* server.log('#', `Fatal error loading the DB: ${error.message}. Exiting.`);
  }
}

/** "save 3600 1 300 100": after so many seconds with at least so many changes. */
function* saveNowAndThen(server: Server): Sim<void> {
  for (;;) {
    yield* sleep(10_000_000);
    const rules = (server.config.get('save') ?? '').split(/\s+/).map(Number);
    const [db] = server.databases;
    const now = yield* wallClock();
    for (let i = 0; i + 1 < rules.length; i += 2) {
      if (now - server.lastSave < rules[i] * 1_000_000 || db.dirty < rules[i + 1]) continue;
      yield* server.log('*', `${rules[i + 1]} changes in ${rules[i]} seconds. Saving...`);
      server.lastSave = now;
      yield* saveDump(db, server.places, now / 1000);
      yield* server.log('*', 'Background saving terminated with success');
      break;
    }
  }
}

function* converse(server: Server, fd: number, address: string, quit: () => Sim<void>): Sim<void> {
  const stream = fdDuplex(fd);
  const client: Client = {
    id: server.nextClient++,
    stream,
    address,
    name: '',
    db: 0,
    authenticated: (server.config.get('requirepass') ?? '') === '',
    channels: new Set(),
    patterns: new Set(),
    queue: undefined,
  };
  server.clients.add(client);
  server.connections++;
  const reader = new StreamReader(stream);
  try {
    for (let words = yield* readCommand(reader); words !== null; words = yield* readCommand(reader)) {
      if (words.length === 0) continue;
      server.commands++;
      const name = words[0].toUpperCase();
      if (name === 'QUIT') {
        yield* stream.write(encodeReply(OK));
        return;
      }
      if (name === 'SHUTDOWN') {
        yield* quit();
        return;
      }
      const reply = yield* answer(server, client, name, words);
      if (reply) yield* stream.write(encodeReply(reply));
    }
  } catch (error) {
    if (error instanceof HttpError && error.kind === 'malformed') yield* stream.write(encodeReply(failure(`ERR ${error.message}`)));
    else if (!(error instanceof Errno) && !(error instanceof HttpError)) throw error;
  } finally {
    server.clients.delete(client);
    yield* stream.close();
  }
}

const IN_SUBSCRIPTION = new Set(['SUBSCRIBE', 'UNSUBSCRIBE', 'PSUBSCRIBE', 'PUNSUBSCRIBE', 'PING', 'QUIT']);

/** The reply, or nothing when the command has sent its own. */
function* answer(server: Server, client: Client, name: string, words: readonly string[]): Sim<Reply | undefined> {
  const password = server.config.get('requirepass') ?? '';
  if (name === 'AUTH') {
    if (password === '')
      return failure(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    client.authenticated = words.at(-1) === password;
    return client.authenticated ? OK : failure('WRONGPASS invalid username-password pair or user is disabled.');
  }
  if (!client.authenticated && name !== 'HELLO') return failure('NOAUTH Authentication required.');
  if (client.channels.size + client.patterns.size > 0 && !IN_SUBSCRIPTION.has(name)) {
    return failure(
      `ERR Can't execute '${words[0].toLowerCase()}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    );
  }
  if (name === 'MULTI') {
    if (client.queue) return failure('ERR MULTI calls can not be nested');
    client.queue = [];
    return OK;
  }
  if (name === 'DISCARD') {
    if (!client.queue) return failure('ERR DISCARD without MULTI');
    client.queue = undefined;
    return OK;
  }
  if (name === 'EXEC') {
    const queue = client.queue;
    if (!queue) return failure('ERR EXEC without MULTI');
    client.queue = undefined;
    const replies: Reply[] = [];
    for (const queued of queue) replies.push((yield* perform(server, client, queued[0].toUpperCase(), queued)) ?? NIL);
    return array(replies);
  }
  if (client.queue) {
    client.queue.push([...words]);
    return status('QUEUED');
  }
  return yield* perform(server, client, name, words);
}

function* perform(server: Server, client: Client, name: string, words: readonly string[]): Sim<Reply | undefined> {
  const args = words.slice(1);
  const nowUs = yield* wallClock();
  const now = nowUs / 1000;
  switch (name) {
    case 'PING':
      if (client.channels.size + client.patterns.size > 0) return bulks(['pong', args[0] ?? '']);
      return args.length === 0 ? status('PONG') : bulk(args[0]);
    case 'ECHO':
      return args.length === 1 ? bulk(args[0]) : failure("ERR wrong number of arguments for 'echo' command");
    case 'SELECT': {
      const at = Number(args[0]);
      if (!/^\d+$/.test(args[0] ?? '')) return failure('ERR value is not an integer or out of range');
      if (at >= server.databases.length) return failure('ERR DB index is out of range');
      client.db = at;
      return OK;
    }
    case 'SAVE':
    case 'BGSAVE': {
      if (name === 'BGSAVE') yield* server.log('*', 'Background saving started');
      yield* saveDump(server.databases[0], server.places, now);
      server.lastSave = nowUs;
      yield* server.log('*', name === 'SAVE' ? 'DB saved on disk' : 'Background saving terminated with success');
      return name === 'SAVE' ? OK : status('Background saving started');
    }
    case 'BGREWRITEAOF':
      return status('Background append only file rewriting started');
    case 'LASTSAVE':
      return integer(Math.floor(server.lastSave / 1_000_000));
    case 'TIME':
      return bulks([String(Math.floor(nowUs / 1_000_000)), String(nowUs % 1_000_000)]);
    case 'INFO':
      return bulk(info(server, args[0]?.toLowerCase(), nowUs));
    case 'CONFIG':
      return configCommand(server, args);
    case 'CLIENT':
      return clientCommand(server, client, args);
    case 'COMMAND':
      return args[0]?.toUpperCase() === 'COUNT' ? integer(commandCount()) : array([]);
    case 'HELLO':
      return failure('NOPROTO unsupported protocol version');
    case 'SUBSCRIBE':
    case 'PSUBSCRIBE':
    case 'UNSUBSCRIBE':
    case 'PUNSUBSCRIBE':
      yield* subscription(client, name, args);
      return undefined;
    case 'PUBLISH':
      return integer(yield* publish(server, args[0] ?? '', args[1] ?? ''));
    case 'FLUSHALL':
      for (const db of server.databases) db.entries.clear();
      break;
    case 'RESET':
      return status('RESET');
    case 'ROLE':
      return array([bulk('master'), integer(0), array([])]);
    case 'DEBUG':
      return OK;
  }
  const db = server.databases[client.db];
  const draws: number[] = [yield* randomBelow(1 << 30)];
  const reply = execute(db, words, now, (bound) => draws[0] % bound);
  if (server.appendOnly && client.db === 0 && reply.kind !== 'error' && isWrite(name))
    yield* appendCommand(server.places, absolute(name, words, now));
  return reply;
}

/** Relative expiry becomes a date before it goes into the append-only file. */
function absolute(name: string, words: readonly string[], now: number): readonly string[] {
  if (name === 'EXPIRE') return ['PEXPIREAT', words[1], String(Math.floor(now + Number(words[2]) * 1000))];
  if (name === 'PEXPIRE') return ['PEXPIREAT', words[1], String(Math.floor(now + Number(words[2])))];
  if (name === 'SETEX') return ['SET', words[1], words[3], 'PXAT', String(Math.floor(now + Number(words[2]) * 1000))];
  const at = name === 'SET' ? words.findIndex((w, i) => i > 2 && /^(EX|PX)$/i.test(w)) : -1;
  if (at < 0) return words;
  const unit = words[at].toUpperCase() === 'EX' ? 1000 : 1;
  return [...words.slice(0, at), 'PXAT', String(Math.floor(now + Number(words[at + 1]) * unit)), ...words.slice(at + 2)];
}

function configCommand(server: Server, args: readonly string[]): Reply {
  const verb = args[0]?.toUpperCase();
  if (verb === 'GET' && args.length > 1) {
    const pattern = globPattern(args[1].toLowerCase());
    return bulks([...server.config].filter(([key]) => pattern.test(key)).flat());
  }
  if (verb === 'SET' && args.length > 2) {
    if (!server.config.has(args[1].toLowerCase()))
      return failure(`ERR Unknown option or number of arguments for CONFIG SET - '${args[1]}'`);
    server.config.set(args[1].toLowerCase(), args[2]);
    return OK;
  }
  if (verb === 'RESETSTAT') return OK;
  if (verb === 'REWRITE') return failure('ERR The server is running without a config file');
  return failure(`ERR unknown subcommand '${args[0] ?? ''}'. Try CONFIG HELP.`);
}

function clientCommand(server: Server, client: Client, args: readonly string[]): Reply {
  switch (args[0]?.toUpperCase()) {
    case 'SETNAME':
      client.name = args[1] ?? '';
      return OK;
    case 'GETNAME':
      return bulk(client.name === '' ? null : client.name);
    case 'ID':
      return integer(client.id);
    case 'SETINFO':
      return OK;
    case 'LIST':
      return bulk(
        [...server.clients]
          .map(
            (c) =>
              `id=${c.id} addr=${c.address} laddr= fd=8 name=${c.name} db=${c.db} sub=${c.channels.size} cmd=client|list user=default\n`,
          )
          .join(''),
      );
    default:
      return failure(`ERR unknown subcommand '${args[0] ?? ''}'. Try CLIENT HELP.`);
  }
}

function* subscription(client: Client, name: string, args: readonly string[]): Sim<void> {
  const set = name.startsWith('P') ? client.patterns : client.channels;
  const leaving = name.includes('UNSUB');
  const names = leaving && args.length === 0 ? [...set] : args;
  for (const channel of names.length === 0 ? [null] : names) {
    if (channel !== null) {
      if (leaving) set.delete(channel);
      else set.add(channel);
    }
    yield* client.stream.write(
      encodeReply(array([bulk(name.toLowerCase()), bulk(channel), integer(client.channels.size + client.patterns.size)])),
    );
  }
}

function* publish(server: Server, channel: string, message: string): Sim<number> {
  let count = 0;
  for (const client of [...server.clients]) {
    if (client.channels.has(channel)) {
      count++;
      yield* deliver(client, bulks(['message', channel, message]));
    }
    for (const pattern of client.patterns) {
      if (!globPattern(pattern).test(channel)) continue;
      count++;
      yield* deliver(client, bulks(['pmessage', pattern, channel, message]));
    }
  }
  return count;
}

function* deliver(client: Client, reply: Reply): Sim<void> {
  try {
    yield* client.stream.write(encodeReply(reply));
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function info(server: Server, section: string | undefined, nowUs: number): string {
  const [db] = server.databases;
  const keys = db.keys(nowUs / 1000);
  const withExpiry = keys.filter((key) => db.expiry(key) !== undefined).length;
  const uptime = Math.floor((nowUs - server.startedAt) / 1_000_000);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      'Server',
      [
        `redis_version:${server.version}`,
        'redis_mode:standalone',
        'os:Linux x86_64',
        'arch_bits:64',
        'process_id:1',
        `tcp_port:${server.config.get('port')}`,
        `uptime_in_seconds:${uptime}`,
        `uptime_in_days:${Math.floor(uptime / 86400)}`,
      ],
    ],
    ['Clients', [`connected_clients:${server.clients.size}`, `maxclients:${server.config.get('maxclients')}`, 'blocked_clients:0']],
    [
      'Memory',
      [
        'used_memory:1048576',
        'used_memory_human:1.00M',
        `maxmemory:${server.config.get('maxmemory')}`,
        `maxmemory_policy:${server.config.get('maxmemory-policy')}`,
      ],
    ],
    [
      'Persistence',
      [
        'loading:0',
        `rdb_changes_since_last_save:${db.dirty}`,
        `rdb_last_save_time:${Math.floor(server.lastSave / 1_000_000)}`,
        `aof_enabled:${server.appendOnly ? 1 : 0}`,
      ],
    ],
    ['Stats', [`total_connections_received:${server.connections}`, `total_commands_processed:${server.commands}`]],
    ['Replication', ['role:master', 'connected_slaves:0']],
    ['CPU', ['used_cpu_sys:0.010000', 'used_cpu_user:0.010000']],
    ['Keyspace', keys.length > 0 ? [`db0:keys=${keys.length},expires=${withExpiry},avg_ttl=0`] : []],
  ];
  const chosen =
    section === undefined || section === 'all' || section === 'default' || section === 'everything'
      ? sections
      : sections.filter(([name]) => name.toLowerCase() === section);
  return chosen.map(([name, lines]) => `# ${name}\r\n${lines.map((line) => `${line}\r\n`).join('')}`).join('\r\n');
}

export const program: Program = { name: 'redis-server', main, memory: 8 << 20 };
