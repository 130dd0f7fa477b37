/** Docker's embedded name server at 127.0.0.11: names of the containers on the same networks; all else goes to the host's servers. */

import type { DnsMessage, DnsRecord } from '../../net/dns/message.ts';
import { answerMessage, decodeDns, encodeDns, reverseName } from '../../net/dns/message.ts';
import type { UdpService } from '../../net/stack.ts';

export const EMBEDDED_DNS = '127.0.0.11';
/** Seconds that docker's answers live. */
const TTL = 600;
const UPSTREAM_TIMEOUT = 4_000_000;

/** Names as one container sees them. */
export interface NameView {
  /** Addresses of a name on the networks of this container, in no special order. */
  addresses(name: string): readonly string[];
  /** 'web.mynet' for an address on one of its networks. */
  nameOf(address: string): string | undefined;
  /** Name servers outside; none on networks that are all internal. */
  upstream(): readonly string[];
  /** Asks one of them; undefined when it is silent. */
  forward(server: string, data: Uint8Array, timeout: number, answer: (data: Uint8Array | undefined) => void): void;
  /** 0 <= n < bound. */
  random(bound: number): number;
}

export function embeddedDns(view: NameView): UdpService {
  return (data, _from, reply) => {
    const query = decodeDns(data);
    if (!query?.question) return;
    const local = localAnswer(view, query);
    if (local) reply(encodeDns(local));
    else forward(view, query, data, 0, reply);
  };
}

function localAnswer(view: NameView, query: DnsMessage): DnsMessage | undefined {
  const question = query.question;
  if (!question) return undefined;
  const name = question.name.replace(/\.$/, '');
  if (question.type === 'PTR') {
    const address = reverseName(name);
    const host = address === null ? undefined : view.nameOf(address);
    return host === undefined ? undefined : answerMessage(query, 'NOERROR', [{ name, type: 'PTR', ttl: TTL, data: host }]);
  }
  if (question.type !== 'A' && question.type !== 'AAAA') return undefined;
  const addresses = view.addresses(name);
  if (addresses.length === 0) return undefined;
  // A name that is known here but has no IPv6 address is answered with nothing, not asked for outside.
  const records: DnsRecord[] =
    question.type === 'AAAA' ? [] : shuffled(addresses, view).map((address) => ({ name, type: 'A', ttl: TTL, data: address }));
  return answerMessage(query, 'NOERROR', records);
}

/** Several addresses come in a random order: docker's round robin. */
function shuffled(addresses: readonly string[], view: NameView): readonly string[] {
  const out = [...addresses];
  for (let i = out.length - 1; i > 0; i--) {
    const k = view.random(i + 1);
    [out[i], out[k]] = [out[k], out[i]];
  }
  return out;
}

function forward(view: NameView, query: DnsMessage, data: Uint8Array, at: number, reply: (data: Uint8Array) => void): void {
  const servers = view.upstream();
  // A name without dots is only asked for outside when there is an outside at all.
  if (at >= servers.length) {
    reply(encodeDns(answerMessage(query, servers.length === 0 ? 'NXDOMAIN' : 'SERVFAIL', [])));
    return;
  }
  view.forward(servers[at], data, UPSTREAM_TIMEOUT, (answer) => {
    if (answer) reply(answer);
    else forward(view, query, data, at + 1, reply);
  });
}
