/** Commands on the server and the connection; the rest goes to the data. */
import type { Sim } from '../../../kernel/sim.ts';
import { randomBelow, wallClock } from '../../../kernel/syscalls.ts';
import { array, bulk, bulks, failure, integer, OK, type Reply, status } from '../../network/resp.ts';
import { commandCount, execute, isWrite } from './commands.ts';
import { globPattern } from './glob.ts';
import { info } from './info.ts';
import { absoluteExpiry, appendCommand, saveDump } from './persistence.ts';
import { publish, subscription } from './pubsub.ts';
import type { Client, Server } from './server.ts';

/** The reply to a command, or nothing when it has sent its own. */
export function* perform(server: Server, client: Client, name: string, words: readonly string[]): Sim<Reply | undefined> {
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
    yield* appendCommand(server.places, absoluteExpiry(name, words, now));
  return reply;
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
