/** Stream sockets and names. */
import type { SocketAddress } from '../../../../kernel/abi.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  connect,
  getpeername,
  getsockname,
  listen,
  setsockopt,
  shutdown,
  socket,
} from '../../../../kernel/syscalls.ts';
import { currentStack } from '../../../../net/current.ts';
import { HostNotFound, resolveHost, reverseLookup } from '../../../../net/dns/resolve.ts';
import { fdDuplex } from '../../../../net/http/duplex.ts';
import { TlsError, tlsClientHandshake } from '../../../../net/tls.ts';
import type { Value } from '../vm.ts';

/** OpenSSL's words. */
const TLS_ERRORS: Readonly<Record<TlsError['reason'], object>> = {
  unknownAuthority: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', text: 'unable to verify the first certificate' },
  wrongName: { code: 'ERR_TLS_CERT_ALTNAME_INVALID', text: "Hostname/IP does not match certificate's altnames" },
  expired: { code: 'CERT_HAS_EXPIRED', text: 'certificate has expired' },
  notTls: { code: 'EPROTO', text: 'write EPROTO: wrong version number' },
};

const address = (a: SocketAddress): object => ('path' in a ? { path: a.path } : { address: a.address, port: a.port });

export const sockets = {
  /** Binds and listens; answers with the descriptor and the address. */
  *listen(path: string, host: string, port: number, backlog: number): Sim<Value> {
    const fd = yield* socket(path ? 'unix' : host.includes(':') || host === '' ? 'inet6' : 'inet', 'stream');
    try {
      if (!path) yield* setsockopt(fd, 'SO_REUSEADDR', 1);
      yield* bind(fd, path ? { path } : { address: host, port });
      yield* listen(fd, backlog);
      return { fd, ...address(yield* getsockname(fd)) };
    } catch (error) {
      yield* close(fd);
      throw error;
    }
  },
  *accept(server: number): Sim<Value> {
    const { fd, peer } = yield* accept(server);
    return { fd, peer: address(peer), local: address(yield* getsockname(fd)) };
  },
  *connect(path: string, host: string, port: number): Sim<Value> {
    const fd = yield* socket(path ? 'unix' : host.includes(':') ? 'inet6' : 'inet', 'stream');
    try {
      yield* connect(fd, path ? { path } : { address: host, port });
      return { fd, peer: address(yield* getpeername(fd)), local: address(yield* getsockname(fd)) };
    } catch (error) {
      yield* close(fd);
      throw error;
    }
  },
  *shutdown(fd: number): Sim<Value> {
    yield* shutdown(fd, 'write');
    return undefined;
  },
  /** Addresses of a name; a string is what getaddrinfo answers instead. */
  *lookup(host: string): Sim<Value> {
    try {
      return yield* resolveHost(host);
    } catch (error) {
      if (error instanceof HostNotFound) return error.temporary ? 'EAI_AGAIN' : 'ENOTFOUND';
      throw error;
    }
  },
  /** The client's side of a handshake; an object says why it failed. */
  *tls(fd: number, host: string): Sim<Value> {
    try {
      yield* tlsClientHandshake(fdDuplex(fd), host, {});
      return undefined;
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      return TLS_ERRORS[error.reason];
    }
  },
  *interfaces(): Sim<Value> {
    const stack = yield* currentStack();
    return stack.interfaces.flatMap((each) =>
      each.addresses.map((a) => ({ name: each.name, address: a.address, prefix: a.bits, mac: each.mac })),
    );
  },
  *reverse(host: string): Sim<Value> {
    return (yield* reverseLookup(host)) ?? null;
  },
};
