/** Sockets and names of hosts, for the socket module. An address is `[address, port]` or a path. */
import type { SocketAddress } from '../../../../kernel/abi.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import {
  accept,
  bind,
  connect,
  getpeername,
  getsockname,
  listen,
  poll,
  read,
  recvfrom,
  sendto,
  setsockopt,
  shutdown,
  socket,
  write,
} from '../../../../kernel/syscalls.ts';
import { HostNotFound, resolveHost } from '../../../../net/dns/resolve.ts';
import { fdDuplex } from '../../../../net/http/duplex.ts';
import { TlsError, tlsClientHandshake } from '../../../../net/tls.ts';
import type { Answer, Operation } from './device.ts';

type Address = string | readonly [string, number];
const toKernel = (address: Address): SocketAddress =>
  typeof address === 'string' ? { path: address } : { address: address[0], port: address[1] };
const toPython = (address: SocketAddress): Address => ('path' in address ? address.path : [address.address, address.port]);

export const socketOperations: Readonly<Record<string, Operation>> = {
  *socket([domain, type]): Sim<Answer> {
    return { value: yield* socket(domain, type) };
  },
  *bind([fd, address]): Sim<Answer> {
    yield* bind(fd, toKernel(address));
  },
  *listen([fd, backlog]): Sim<Answer> {
    yield* listen(fd, backlog);
  },
  *accept([fd]): Sim<Answer> {
    const made = yield* accept(fd);
    return { value: [made.fd, toPython(made.peer)] };
  },
  *connect([fd, address]): Sim<Answer> {
    yield* connect(fd, toKernel(address));
  },
  *shutdown([fd, how]): Sim<Answer> {
    yield* shutdown(fd, how);
  },
  *send([fd], data): Sim<Answer> {
    let written = 0;
    while (written < data.length) written += yield* write(fd, data.subarray(written));
    return { value: written };
  },
  *recv([fd, count]): Sim<Answer> {
    return { data: yield* read(fd, count) };
  },
  *sendto([fd, address], data): Sim<Answer> {
    return { value: yield* sendto(fd, data, toKernel(address)) };
  },
  *recvfrom([fd, count]): Sim<Answer> {
    const got = yield* recvfrom(fd, count);
    return { value: got && toPython(got.from), data: got?.data };
  },
  *getsockname([fd]): Sim<Answer> {
    return { value: toPython(yield* getsockname(fd)) };
  },
  *getpeername([fd]): Sim<Answer> {
    return { value: toPython(yield* getpeername(fd)) };
  },
  *setsockopt([fd, option, value]): Sim<Answer> {
    yield* setsockopt(fd, option, value);
  },
  /** Which of the descriptors can be read or written; microseconds, or null for ever. */
  *poll([reads, writes, timeout]): Sim<Answer> {
    const wanted = [...(reads as number[]).map((fd) => ({ fd, read: true })), ...(writes as number[]).map((fd) => ({ fd, write: true }))];
    const found = yield* poll(wanted, timeout ?? undefined);
    return {
      value: [
        found.filter((one, i) => i < (reads as number[]).length && (one.readable || one.hangup)).map((one) => one.fd),
        found.filter((one, i) => i >= (reads as number[]).length && one.writable).map((one) => one.fd),
      ],
    };
  },
  /** What follows is in the open: only the certificate is looked at. Answers with what is wrong with it, if anything. */
  *tls([fd, host]): Sim<Answer> {
    try {
      yield* tlsClientHandshake(fdDuplex(fd), host, {});
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      return { value: error.message };
    }
  },
  *resolve([host]): Sim<Answer> {
    try {
      return { value: yield* resolveHost(host) };
    } catch (error) {
      if (!(error instanceof HostNotFound)) throw error;
      return { value: error.temporary ? -3 : -2 };
    }
  },
};
