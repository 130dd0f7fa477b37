/** Sockets of the unix domain: stream and datagram (unix(7)). */
import { S_IFSOCK, type SocketAddress, type SocketType, type Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import { SOCKET_BUFFER } from '../limits.ts';
import type { OpenFile, Readiness, SocketFile } from '../openFile.ts';
import { type Process, self } from '../process/process.ts';
import { interruptibleWait } from '../process/wait.ts';
import type { Sim } from '../sim.ts';
import type { Inode } from '../vfs/inode.ts';
import { WaitQueue } from '../waitQueue.ts';
import { ByteChannel } from './pipe.ts';

/** Who listens or receives at a socket file. The inode of an overlay and that of its upper tree are the same file. */
const bound = new WeakMap<Inode, UnixSocket>();

interface Datagram {
  readonly data: Uint8Array;
  readonly from: SocketAddress;
}

/** Who is at the other end (SO_PEERCRED). */
export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly comm: string;
}

export class UnixSocket implements SocketFile {
  readonly kind = 'socket';
  readonly changed = new WaitQueue();
  readonly readable = true;
  readonly writable = true;
  readonly #type: SocketType;
  readonly #ino: number;
  readonly #now: number;
  readonly #owner: Process;
  #path = '';
  #inode: Inode | undefined;
  #backlog: UnixSocket[] | undefined;
  #backlogMax = 0;
  #input: ByteChannel | undefined;
  #output: ByteChannel | undefined;
  #peerPath = '';
  #datagrams: Datagram[] = [];
  #target: UnixSocket | undefined;
  peer: PeerCredentials | undefined;
  #closed = false;

  constructor(owner: Process, type: SocketType) {
    if (type === 'raw') throw new Errno('EPROTONOSUPPORT');
    this.#owner = owner;
    this.#type = type;
    this.#ino = owner.kernel.nextInode();
    this.#now = owner.kernel.wallClock();
  }

  get name(): string {
    return `socket:[${this.#ino}]`;
  }

  bindTo(path: string, inode: Inode): void {
    this.#path = path;
    this.#inode = inode;
    bound.set(inode, this);
  }

  listen(backlog: number): void {
    if (this.#type !== 'stream' || !this.#inode) throw new Errno('EINVAL');
    this.#backlog ??= [];
    this.#backlogMax = backlog;
  }

  *accept(): Sim<{ readonly socket: OpenFile; readonly peer: SocketAddress }> {
    if (!this.#backlog) throw new Errno('EINVAL');
    for (;;) {
      if (this.#closed) throw new Errno('EBADF');
      const next = this.#backlog.shift();
      if (next) {
        this.changed.wake();
        return { socket: next, peer: { path: next.#peerPath } };
      }
      yield* interruptibleWait(this.changed);
    }
  }

  *connectTo(inode: Inode, path: string): Sim<void> {
    const listener = bound.get(inode);
    if (inode.type !== S_IFSOCK || !listener || listener.#closed) throw new Errno('ECONNREFUSED', path);
    if (this.#type === 'dgram') {
      this.#target = listener;
      return;
    }
    if (this.#input) throw new Errno('EISCONN', path);
    if (!listener.#backlog) throw new Errno('ECONNREFUSED', path);
    while (listener.#backlog.length > listener.#backlogMax) yield* interruptibleWait(listener.changed);
    if (listener.#closed) throw new Errno('ECONNREFUSED', path);
    const { process } = yield* self();
    const server = new UnixSocket(listener.#owner, 'stream');
    const up = new ByteChannel(SOCKET_BUFFER);
    const down = new ByteChannel(SOCKET_BUFFER);
    this.#wire(down, up);
    server.#wire(up, down);
    server.#path = listener.#path;
    server.#peerPath = this.#path;
    this.#peerPath = path;
    server.peer = { pid: process.pid, uid: process.credentials.euid, gid: process.credentials.egid, comm: process.comm };
    listener.#backlog.push(server);
    listener.changed.wake();
  }

  #wire(input: ByteChannel, output: ByteChannel): void {
    this.#input = input;
    this.#output = output;
    input.readers++;
    output.writers++;
    const relay = { wakeUp: () => this.changed.wake() };
    input.changed.add(relay);
    output.changed.add(relay);
  }

  *read(count: number): Sim<Uint8Array> {
    if (this.#type === 'dgram') return (yield* this.recvfrom(undefined))!.data;
    if (!this.#input) throw new Errno('ENOTCONN');
    return yield* this.#input.read(count);
  }

  *write(data: Uint8Array): Sim<number> {
    if (this.#type === 'dgram') return yield* this.sendTo(data, undefined);
    if (!this.#output) throw new Errno('ENOTCONN');
    return yield* this.#output.write(data);
  }

  *sendTo(data: Uint8Array, inode: Inode | undefined): Sim<number> {
    if (this.#type === 'stream') return yield* this.write(data);
    const target = inode ? bound.get(inode) : this.#target;
    if (!target) throw new Errno(inode ? 'ECONNREFUSED' : 'ENOTCONN');
    if (target.#closed) throw new Errno('ECONNREFUSED');
    target.#datagrams.push({ data: data.slice(), from: { path: this.#path } });
    target.changed.wake();
    return data.length;
  }

  *recvfrom(timeout: number | undefined): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress } | null> {
    const deadline = timeout === undefined ? undefined : this.#owner.kernel.scheduler.now + timeout;
    if (this.#type === 'stream') return { data: yield* this.read(65_536), from: { path: this.#peerPath } };
    for (;;) {
      const next = this.#datagrams.shift();
      if (next) return next;
      if (!(yield* interruptibleWait(this.changed, deadline))) return null;
    }
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    if (!this.#input || !this.#output) throw new Errno('ENOTCONN');
    if (how !== 'read' && !this.#writeEnded) {
      this.#writeEnded = true;
      this.#output.writers--;
      this.#output.changed.wake();
    }
    if (how !== 'write' && !this.#readEnded) {
      this.#readEnded = true;
      this.#input.readers--;
      this.#input.changed.wake();
    }
  }
  #writeEnded = false;
  #readEnded = false;

  poll(): Readiness {
    if (this.#backlog) return { readable: this.#backlog.length > 0, writable: false, hangup: false };
    if (this.#type === 'dgram') return { readable: this.#datagrams.length > 0, writable: true, hangup: false };
    if (!this.#input || !this.#output) return { readable: false, writable: false, hangup: true };
    const ended = this.#input.writers === 0;
    return {
      readable: this.#input.length > 0 || ended,
      writable: this.#output.length < this.#output.capacity || this.#output.readers === 0,
      hangup: ended && this.#output.readers === 0,
    };
  }

  localAddress(): SocketAddress {
    return { path: this.#path };
  }
  peerAddress(): SocketAddress {
    if (!this.#input) throw new Errno('ENOTCONN');
    return { path: this.#peerPath };
  }
  setOption(): void {}

  stat(): Stat {
    return {
      dev: 8,
      ino: this.#ino,
      mode: S_IFSOCK | 0o777,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: 0,
      blocks: 0,
      atime: this.#now,
      mtime: this.#now,
      ctime: this.#now,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#inode && bound.get(this.#inode) === this) bound.delete(this.#inode);
    for (const waiting of this.#backlog ?? []) waiting.close();
    if (this.#input && this.#output) this.shutdown('both');
    this.changed.wake();
  }
}
