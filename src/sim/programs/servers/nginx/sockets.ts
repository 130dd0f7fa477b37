/** Listening sockets: the master opens them, its workers accept on them. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { bind, close, listen, setsockopt, socket } from '../../../kernel/syscalls.ts';
import { ConfigError } from './configFile.ts';
import type { Configuration } from './model.ts';

/** 'address:port' -> listening socket. */
export type Sockets = ReadonlyMap<string, number>;

/** Opens what is new and keeps what is there; throws ConfigError. */
export function* openSockets(config: Configuration, have: Sockets): Sim<Sockets> {
  const sockets = new Map<string, number>();
  for (const server of config.servers) {
    for (const l of server.listens) {
      const key = l.six ? `[${l.address || '::'}]:${l.port}` : `${l.address || '0.0.0.0'}:${l.port}`;
      if (sockets.has(key)) continue;
      const old = have.get(key);
      if (old !== undefined) {
        sockets.set(key, old);
        continue;
      }
      const fd = yield* socket(l.six ? 'inet6' : 'inet', 'stream');
      try {
        yield* setsockopt(fd, 'SO_REUSEADDR', 1);
        if (l.six) yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
        yield* bind(fd, { address: l.address, port: l.port });
        yield* listen(fd, 511);
      } catch (error) {
        yield* close(fd);
        if (!(error instanceof Errno)) throw error;
        const number = error.code === 'EADDRINUSE' ? 98 : error.code === 'EACCES' ? 13 : 99;
        throw new ConfigError(`bind() to ${key} failed (${number}: ${error.message})`);
      }
      sockets.set(key, fd);
    }
  }
  return sockets;
}
