/** Sockets of the caller's namespace with the processes that hold them: what ss and netstat list. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readdir, readlink, readText } from '../../kernel/syscalls.ts';
import { currentStack } from '../../net/current.ts';
import type { TcpState } from '../../net/transport/sockets.ts';

export interface SocketRow {
  readonly proto: 'tcp' | 'udp' | 'icmp';
  readonly six: boolean;
  readonly state: TcpState | 'unconn';
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number } | undefined;
  readonly received: number;
  readonly sent: number;
  readonly inode: number;
}

export interface Holder {
  readonly name: string;
  readonly pid: number;
  readonly fd: number;
}

export function* listSockets(): Sim<readonly SocketRow[]> {
  const { sockets } = yield* currentStack();
  const rows: SocketRow[] = [];
  const seen = new Set<unknown>();
  for (const socket of [...[...sockets.tcp.values()].flat(), ...sockets.connections.values()]) {
    if (seen.has(socket) || socket.state === 'closed') continue;
    seen.add(socket);
    rows.push({
      proto: 'tcp',
      six: socket.domain === 'inet6',
      state: socket.state,
      local: socket.local,
      remote: socket.remote,
      inode: socket.inode,
      received: socket.queued,
      sent: socket.state === 'listen' ? socket.backlog : socket.unacknowledged,
    });
  }
  for (const socket of [...sockets.udp.values()].flat()) {
    rows.push({
      proto: 'udp',
      six: socket.domain === 'inet6',
      state: socket.remote ? 'established' : 'unconn',
      local: socket.local,
      remote: socket.remote,
      inode: socket.inode,
      received: socket.queued,
      sent: 0,
    });
  }
  return rows;
}

/** Which processes have each socket open, by inode; only those that the caller may look at. */
export function* socketHolders(): Sim<ReadonlyMap<number, readonly Holder[]>> {
  const found = new Map<number, Holder[]>();
  const pids = (yield* readdir('/proc'))
    .map((e) => Number(e.name))
    .filter((pid) => pid > 0)
    .sort((a, b) => a - b);
  for (const pid of pids) {
    try {
      const name = (yield* readText(`/proc/${pid}/comm`)).trimEnd();
      for (const entry of yield* readdir(`/proc/${pid}/fd`)) {
        const match = /^socket:\[(\d+)\]$/.exec(yield* readlink(`/proc/${pid}/fd/${entry.name}`));
        if (!match) continue;
        const list = found.get(Number(match[1])) ?? [];
        list.push({ name, pid, fd: Number(entry.name) });
        found.set(Number(match[1]), list);
      }
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }
  return found;
}
