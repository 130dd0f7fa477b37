import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, sleep, socket } from '../../kernel/syscalls.ts';
import { HostNotFound, resolveHost } from '../../net/dns/resolve.ts';

/** How many bytes a second come from an archive. */
const BYTES_PER_SECOND = 12_000_000;

/** Null when the host answers on its port, or why it does not. */
export function* reach(host: string, port: number): Sim<'name' | 'connection' | null> {
  try {
    const [address] = yield* resolveHost(host);
    const fd = yield* socket('inet', 'stream');
    try {
      yield* connect(fd, { address, port });
      return null;
    } finally {
      yield* close(fd);
    }
  } catch (error) {
    if (error instanceof HostNotFound) return 'name';
    if (isErrno(error)) return 'connection';
    throw error;
  }
}

/** Lets the time pass that a download takes. */
export function download(bytes: number): Sim<void> {
  return sleep(Math.ceil((bytes / BYTES_PER_SECOND) * 1e6) + 40_000);
}
