/** A connection: commands in, replies out; AUTH, and the queue between MULTI and EXEC. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { fdDuplex, HttpError, StreamReader } from '../../../net/http/duplex.ts';
import { array, encodeReply, failure, NIL, OK, type Reply, readCommand, status } from '../../network/resp.ts';
import type { Client, Server } from './server.ts';
import { perform } from './serverCommands.ts';

/** Serves a connection until it ends; `quit` stops the server. */
export function* converse(server: Server, fd: number, address: string, quit: () => Sim<void>): Sim<void> {
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
