import { HostFile } from '../kernel/files/hostFile.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { connect, read, type SocketAddress, shutdown, socket, thread, write } from '../kernel/syscalls.ts';

/** A connection from outside of the world to a socket on a machine: bytes in, bytes out. */
export interface HostConnection {
  /** Bytes for the server. */
  write(data: Uint8Array): void;
  /** No more bytes will come; the server may go on sending. */
  end(): void;
  /** The reader outside is behind: nothing comes until `resume`. */
  pause(): void;
  resume(): void;
  /** Drops the connection. */
  close(): void;
}

/** Opens it. `onEnd` comes once, when the server has sent all or could not be reached. */
export function connectFromHost(
  kernel: Kernel,
  address: SocketAddress,
  handlers: { onData(data: Uint8Array): void; onEnd(): void },
): HostConnection {
  const input = new HostFile({ name: 'socket:[host]' });
  const output = new HostFile({ name: 'socket:[host]', onData: handlers.onData });
  const process = kernel.spawnInit({
    argv: ['remote'],
    files: [input, output, new HostFile({ onData: () => {} })],
    *main(): Sim<number> {
      const fd = yield* socket('path' in address ? 'unix' : 'inet', 'stream');
      yield* connect(fd, address);
      yield* thread(function* () {
        for (let data = yield* read(0); data.length > 0; data = yield* read(0)) yield* write(fd, data);
        yield* shutdown(fd, 'write');
      });
      for (let data = yield* read(fd); data.length > 0; data = yield* read(fd)) yield* write(1, data);
      return 0;
    },
  });
  process.onExit = () => handlers.onEnd();
  return {
    write: (data) => input.push(data),
    end: () => input.end(),
    pause: () => output.hold(),
    resume: () => output.release(),
    close: () => process.signal('SIGKILL', true),
  };
}
