import { HostFile } from '../kernel/files/hostFile.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { connect, read, type SocketAddress, shutdown, socket, thread, write } from '../kernel/syscalls.ts';

/** A connection from outside of the world to a socket on a machine: bytes in, bytes out. */
export interface HostConnection {
  /** Bytes for the server. False: it is behind; write no more until `onDrain`. */
  write(data: Uint8Array): boolean;
  /** No more bytes will come; the server may go on sending. */
  end(): void;
  /** The reader outside is behind: nothing comes until `resume`. */
  pause(): void;
  resume(): void;
  /** Drops the connection. */
  close(): void;
}

/** Bytes that may wait for a server that does not read. */
const UNREAD_MAX = 1024 * 1024;

/**
 * Opens it. `onEnd` comes once, when the server has sent all or could not be reached; `onDrain` when it has read what was too much for
 * it. The callbacks are told in the middle of a step of the world: they must not run it.
 */
export function connectFromHost(
  kernel: Kernel,
  address: SocketAddress,
  handlers: { onData(data: Uint8Array): void; onEnd(): void; onDrain(): void },
): HostConnection {
  let full = false;
  const input = new HostFile({
    name: 'socket:[host]',
    onTaken() {
      if (!full || input.unread > UNREAD_MAX / 2) return;
      full = false;
      handlers.onDrain();
    },
  });
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
    write(data) {
      input.push(data);
      full ||= input.unread > UNREAD_MAX;
      return !full;
    },
    end: () => input.end(),
    pause: () => output.hold(),
    resume: () => output.release(),
    close: () => process.signal('SIGKILL', true),
  };
}
