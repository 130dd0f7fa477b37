/** SUBSCRIBE and PUBLISH: messages to whoever listens now; none is kept. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { array, bulk, bulks, encodeReply, integer, type Reply } from '../../network/resp.ts';
import { globPattern } from './glob.ts';
import type { Client, Server } from './server.ts';

/** (P)SUBSCRIBE and (P)UNSUBSCRIBE, one reply for each channel. */
export function* subscription(client: Client, name: string, args: readonly string[]): Sim<void> {
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

/** Sends a message to its subscribers; gives their number. */
export function* publish(server: Server, channel: string, message: string): Sim<number> {
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
