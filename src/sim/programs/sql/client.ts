/** A client's connection to a simulated database. */
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, socket } from '../../kernel/syscalls.ts';
import { connectTcp } from '../../net/http/client.ts';
import { type Duplex, fdDuplex, StreamReader } from '../../net/http/duplex.ts';
import { type Hello, type Reply, type Request, receive, send } from './wire.ts';

export class SqlConnection {
  readonly stream: Duplex;
  readonly #reader: StreamReader;

  private constructor(stream: Duplex) {
    this.stream = stream;
    this.#reader = new StreamReader(stream);
  }

  /** Throws Errno or HostNotFound when nobody is there. */
  static *open(target: { readonly path: string } | { readonly host: string; readonly port: number }): Sim<SqlConnection> {
    if (!('path' in target)) return new SqlConnection(fdDuplex(yield* connectTcp(target.host, target.port)));
    const fd = yield* socket('unix', 'stream');
    try {
      yield* connect(fd, { path: target.path });
    } catch (error) {
      yield* close(fd);
      throw error;
    }
    return new SqlConnection(fdDuplex(fd));
  }

  /** The first answer: a fault, or the version. Undefined when the server hangs up. */
  *login(hello: Hello): Sim<Reply | undefined> {
    yield* send(this.stream, hello);
    return yield* receive<Reply>(this.#reader);
  }

  *ask(request: Request): Sim<Reply | undefined> {
    yield* send(this.stream, request);
    return yield* receive<Reply>(this.#reader);
  }
}
