import type { SocketAddress, Stat } from '../../kernel/abi.ts';
import { Errno } from '../../kernel/errno.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import { canonicalAddress } from '../ip/address.ts';

/** An address and port of the inet family; any other kind is EAFNOSUPPORT. '' and every spelling of "any" become ''. */
export function endpoint(address: SocketAddress): { readonly address: string; readonly port: number } {
  if (!('port' in address)) throw new Errno('EAFNOSUPPORT');
  if (address.address === '' || address.address === '0.0.0.0' || address.address === '::') return { address: '', port: address.port };
  const canonical = canonicalAddress(address.address);
  if (canonical === null) throw new Errno('EINVAL');
  return { address: canonical, port: address.port };
}

/** What all sockets have. */
export abstract class SocketBase {
  readonly kind = 'socket';
  readonly readable = true;
  readonly writable = true;
  readonly changed = new WaitQueue();
  readonly inode: number;
  readonly domain: 'inet' | 'inet6';
  /** '' is any. */
  local = { address: '', port: 0 };
  remote: { readonly address: string; readonly port: number } | undefined;
  readonly options = new Map<string, number | string>();

  constructor(inode: number, domain: 'inet' | 'inet6') {
    this.inode = inode;
    this.domain = domain;
  }

  get name(): string {
    return `socket:[${this.inode}]`;
  }

  get v6only(): boolean {
    return Number(this.options.get('IPV6_V6ONLY') ?? 0) !== 0;
  }

  setOption(option: string, value: number | string): void {
    this.options.set(option, value);
  }

  /** 'any' is written as the family writes it. */
  localAddress(): SocketAddress {
    return {
      address: this.local.address === '' ? (this.domain === 'inet6' ? '::' : '0.0.0.0') : this.local.address,
      port: this.local.port,
    };
  }

  peerAddress(): SocketAddress {
    if (!this.remote) throw new Errno('ENOTCONN');
    return this.remote;
  }

  get ttl(): number {
    return Number(this.options.get('IP_TTL') ?? 64);
  }

  stat(): Stat {
    return { dev: 8, ino: this.inode, mode: 0o140777, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0, atime: 0, mtime: 0, ctime: 0 };
  }

  /** Whether packets to `address` are for it, by the address that it is bound to. */
  hears(address: string): boolean {
    if (this.local.address !== '') return this.local.address === address;
    return address.includes(':') ? this.domain === 'inet6' : !this.v6only;
  }
}
