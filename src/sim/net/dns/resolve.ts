/**
 * getaddrinfo(3) as programs use it: an address as it is, then the order of nsswitch.conf ("files dns" unless the file
 * says otherwise): /etc/hosts, then the name servers of /etc/resolv.conf.
 */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, randomBelow, readText, recvfrom, sendto, socket } from '../../kernel/syscalls.ts';
import { canonicalAddress, isIpv4 } from '../ip/address.ts';
import type { DnsMessage, RecordType } from './message.ts';
import { decodeDns, encodeDns, queryMessage, reverseQuery } from './message.ts';
import type { ResolvConf } from './resolvConf.ts';
import { parseHosts, parseResolvConf } from './resolvConf.ts';

/** The name has no address (EAI_NONAME), or no server answered (EAI_AGAIN). */
export class HostNotFound extends Error {
  readonly host: string;
  readonly temporary: boolean;
  constructor(host: string, temporary: boolean) {
    super(temporary ? 'Temporary failure in name resolution' : 'Name or service not known');
    this.name = 'HostNotFound';
    this.host = host;
    this.temporary = temporary;
  }
}

/** Addresses of a host, IPv4 only unless /etc/hosts names others; at least one. Throws {@link HostNotFound}. */
export function* resolveHost(host: string): Sim<readonly string[]> {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/(?<=.)\.$/, '');
  const literal = canonicalAddress(name);
  if (literal !== null) return [literal];
  for (const source of yield* hostSources()) {
    if (source === 'files') {
      const found = yield* lookupHostsFile(name);
      if (found.length > 0) return found;
    } else if (source === 'dns') {
      const found = yield* lookupDns(host);
      if (found.length > 0) return found;
    }
  }
  throw new HostNotFound(host, false);
}

function* readConfig(path: string): Sim<string> {
  try {
    return yield* readText(path);
  } catch (error) {
    if (error instanceof Errno) return '';
    throw error;
  }
}

function* hostSources(): Sim<readonly string[]> {
  const line = /^hosts:(.*)$/m.exec(yield* readConfig('/etc/nsswitch.conf'));
  if (!line) return ['files', 'dns'];
  return line[1]
    .replace(/\[.*?\]/g, '')
    .trim()
    .split(/\s+/);
}

/** Addresses that /etc/hosts has for a name, IPv4 first as RFC 6724 orders them on a machine without IPv6. */
function* lookupHostsFile(name: string): Sim<readonly string[]> {
  const wanted = name.toLowerCase();
  const found = parseHosts(yield* readConfig('/etc/hosts')).filter((entry) => entry.names.some((n) => n.toLowerCase() === wanted));
  const addresses = [...new Set(found.map((entry) => entry.address))];
  if (addresses.length === 0 && wanted === 'localhost') return ['127.0.0.1'];
  return addresses.sort((a, b) => Number(b === '::1') - Number(a === '::1') || Number(isIpv4(b)) - Number(isIpv4(a)));
}

export function* readResolvConf(): Sim<ResolvConf> {
  const conf = parseResolvConf(yield* readConfig('/etc/resolv.conf'));
  return conf.nameservers.length > 0 ? conf : { ...conf, nameservers: ['127.0.0.1'] };
}

/** The names to ask for, in order: the search list comes first for a name with too few dots. */
export function searchOrder(name: string, conf: ResolvConf): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = conf.search.filter((domain) => domain !== '.').map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= conf.ndots ? [name, ...searched] : [...searched, name];
}

/** A records by way of the configured servers, following the search list. Throws {@link HostNotFound} if no server answers. */
function* lookupDns(host: string): Sim<readonly string[]> {
  const conf = yield* readResolvConf();
  let answered = false;
  for (const name of searchOrder(host, conf)) {
    const message = yield* askServers(conf, name, 'A');
    if (!message) continue;
    answered ||= message.code !== 'SERVFAIL' && message.code !== 'REFUSED';
    const addresses = message.answers.filter((record) => record.type === 'A').map((record) => record.data);
    if (addresses.length > 0) return addresses;
  }
  if (!answered) throw new HostNotFound(host, true);
  return [];
}

/** The host name of an address: /etc/hosts, then PTR. */
export function* reverseLookup(address: string): Sim<string | undefined> {
  const entry = parseHosts(yield* readConfig('/etc/hosts')).find((e) => e.address === address);
  if (entry) return entry.names[0];
  if (!isIpv4(address)) return undefined;
  const message = yield* askServers(yield* readResolvConf(), reverseQuery(address), 'PTR');
  return message?.answers.find((record) => record.type === 'PTR')?.data;
}

/** Asks the servers in turn; a SERVFAIL or silence moves on to the next. Undefined if none answered. */
export function* askServers(conf: ResolvConf, name: string, type: RecordType): Sim<DnsMessage | undefined> {
  let last: DnsMessage | undefined;
  for (let attempt = 0; attempt < conf.attempts; attempt++) {
    for (const server of conf.nameservers) {
      const answer = yield* askServer(server, name, type, conf.timeout * 1_000_000);
      if (!answer) continue;
      if (answer.code !== 'SERVFAIL' && answer.code !== 'REFUSED') return answer;
      last = answer;
    }
    if (last) return last;
  }
  return last;
}

/** One question to one server over UDP. Undefined after `timeoutUs` or when the server's port is closed. */
export function* askServer(server: string, name: string, type: RecordType, timeoutUs: number, port = 53): Sim<DnsMessage | undefined> {
  const fd = yield* socket(isIpv4(server) ? 'inet' : 'inet6', 'dgram');
  try {
    const id = yield* randomBelow(65536);
    yield* sendto(fd, encodeDns(queryMessage(id, name, type)), { address: server, port });
    for (;;) {
      const datagram = yield* recvfrom(fd, timeoutUs);
      if (!datagram) return undefined;
      const message = decodeDns(datagram.data);
      if (message?.response && message.id === id) return message;
    }
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  } finally {
    yield* close(fd);
  }
}
