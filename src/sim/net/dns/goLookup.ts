import type { Sim } from '../../kernel/sim.ts';
import { type HostNotFound, readResolvConf } from './resolve.ts';

/** The words of Go's resolver for a host without an address: with the server that it asked, if such a name can be asked for. */
export function* goLookupError({ host, temporary }: HostNotFound): Sim<string> {
  if (!isDomainName(host)) return `lookup ${host}: no such host`;
  const [server] = (yield* readResolvConf()).nameservers;
  const at = server.includes(':') ? `[${server}]:53` : `${server}:53`;
  return `lookup ${host} on ${at}: ${temporary ? 'server misbehaving' : 'no such host'}`;
}

/** As Go's isDomainName: labels of up to 63 letters, digits, `_` and inner `-`. */
function isDomainName(name: string): boolean {
  return (
    name.length <= 254 &&
    /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$/.test(name)
  );
}
