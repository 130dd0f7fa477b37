/** ping as iputils writes it, and as busybox does. */
import { Errno, isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, getpid, now, recvfrom, sendto, setsockopt, sigaction, socket, write } from '../kernel/syscalls.ts';
import { HostNotFound, resolveHost, reverseLookup } from '../net/dns/resolve.ts';
import { canonicalAddress, isIpv4 } from '../net/ip/address.ts';

interface PingOptions {
  host: string | undefined;
  count: number | undefined;
  /** Microseconds. */
  interval: number;
  wait: number;
  deadline: number | undefined;
  size: number;
  ttl: number;
  quiet: boolean;
  numeric: boolean;
}

class Usage extends Error {}

function parse(args: readonly string[], valued: string, flags: string): PingOptions {
  const o: PingOptions = {
    host: undefined,
    count: undefined,
    interval: 1_000_000,
    wait: 10_000_000,
    deadline: undefined,
    size: 56,
    ttl: 64,
    quiet: false,
    numeric: false,
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-') || arg === '-') {
      o.host = arg;
      continue;
    }
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k];
      if (valued.includes(letter)) {
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined) throw new Usage(`option requires an argument -- '${letter}'`);
        setOption(o, letter, value);
        break;
      }
      if (!flags.includes(letter)) throw new Usage(`invalid option -- '${letter}'`);
      if (letter === 'q') o.quiet = true;
      if (letter === 'n') o.numeric = true;
    }
  }
  return o;
}

function setOption(o: PingOptions, letter: string, value: string): void {
  const number = Number(value);
  if (letter !== 'I' && letter !== 'p' && !(number >= 0)) throw new Usage(`invalid argument: '${value}'`);
  if (letter === 'c') o.count = number;
  else if (letter === 'i') o.interval = Math.max(2000, number * 1_000_000);
  else if (letter === 'W') o.wait = number * 1_000_000;
  else if (letter === 'w') o.deadline = number * 1_000_000;
  else if (letter === 's') o.size = number;
  else if (letter === 't') o.ttl = number;
}

interface Reply {
  readonly kind: 'reply' | 'unreachable' | 'timeExceeded';
  readonly code: number;
  readonly sequence: number;
  readonly ttl: number;
  readonly from: string;
  readonly size: number;
}

function readReply(data: Uint8Array, from: string, ttl: number, ident: number): Reply | undefined {
  const type = data[0];
  const u16 = (at: number) => data[at] * 256 + data[at + 1];
  if (type === 0 && u16(4) === ident) return { kind: 'reply', code: 0, sequence: u16(6), ttl, from, size: data.length };
  if ((type === 3 || type === 11) && data[8] === 1 && u16(9) === ident) {
    return { kind: type === 3 ? 'unreachable' : 'timeExceeded', code: data[1], sequence: u16(11), ttl, from, size: data.length };
  }
  return undefined;
}

interface Report {
  /** Answers with false to go on silently. */
  reply(r: Reply, us: number, duplicate: boolean): Sim<void>;
  trouble(r: Reply): Sim<void>;
}

interface Tally {
  sent: number;
  received: number;
  errors: number;
  duplicates: number;
  times: number[];
  elapsed: number;
}

/** A raw socket, or, for who may not have one, a datagram one (net.ipv4.ping_group_range holds every group, as Docker and systemd set it). */
function* echoSocket(): Sim<number> {
  try {
    return yield* socket('inet', 'raw', 'icmp');
  } catch (error) {
    if (!isErrno(error, 'EPERM', 'EACCES')) throw error;
    return yield* socket('inet', 'dgram', 'icmp');
  }
}

/** Sends and listens until the count, the deadline or an interrupt. */
function* run(address: string, o: PingOptions, report: Report, first: number): Sim<Tally> {
  const tally: Tally = { sent: 0, received: 0, errors: 0, duplicates: 0, times: [], elapsed: 0 };
  const fd = yield* echoSocket();
  const ident = (yield* getpid()) & 0xffff;
  const begin = yield* now();
  class Stop extends Error {}
  const before = yield* sigaction('SIGINT', function* () {
    throw new Stop();
  });
  try {
    yield* setsockopt(fd, 'IP_TTL', o.ttl);
    const sentAt = new Map<number, number>();
    const answered = new Set<number>();
    for (let sequence = first; o.count === undefined || tally.sent < o.count; sequence++) {
      const packet = new Uint8Array(8 + o.size);
      packet.set([8, 0, 0, 0, ident >> 8, ident & 255, (sequence >> 8) & 255, sequence & 255]);
      sentAt.set(sequence & 0xffff, yield* now());
      tally.sent++;
      yield* sendto(fd, packet, { address, port: 0 });
      const last = o.count !== undefined && tally.sent === o.count;
      const next = (yield* now()) + (last ? o.wait : o.interval);
      for (;;) {
        const t = yield* now();
        const until = o.deadline === undefined ? next : Math.min(next, begin + o.deadline);
        if (until - t <= 0) break;
        const datagram = yield* recvfrom(fd, until - t);
        if (!datagram) break;
        const r = readReply(datagram.data, 'address' in datagram.from ? datagram.from.address : '', datagram.ttl ?? 64, ident);
        if (!r) continue;
        if (r.kind !== 'reply') {
          tally.errors++;
          yield* report.trouble(r);
          if (last) break;
          continue;
        }
        const time = (yield* now()) - (sentAt.get(r.sequence) ?? begin);
        const duplicate = answered.has(r.sequence);
        answered.add(r.sequence);
        if (duplicate) {
          tally.duplicates++;
        } else {
          tally.received++;
          tally.times.push(time);
        }
        yield* report.reply(r, time, duplicate);
        if (last && answered.size + tally.errors >= tally.sent) break;
      }
      if (o.deadline !== undefined && (yield* now()) >= begin + o.deadline) break;
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  } finally {
    tally.elapsed = (yield* now()) - begin;
    yield* sigaction('SIGINT', before);
    yield* close(fd);
  }
  return tally;
}

const ms = (us: number, digits: number) => (us / 1000).toFixed(digits);
/** Three significant digits below 100 ms, as iputils prints times. */
function iputilsTime(us: number): string {
  return us >= 100_000 ? ms(us, 0) : us >= 10_000 ? ms(us, 1) : us >= 1000 ? ms(us, 2) : ms(us, 3);
}

const UNREACHABLE: Readonly<Record<number, string>> = {
  0: 'Destination Net Unreachable',
  1: 'Destination Host Unreachable',
  3: 'Destination Port Unreachable',
  13: 'Packet filtered',
};

function* main(argv: readonly string[]): Sim<number> {
  let o: PingOptions;
  try {
    o = parse(argv.slice(1), 'ciWwstIp', 'qnv46bdDAfOLUaBr');
    if (o.host === undefined) throw new Usage('usage error: Destination address required');
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    yield* write(2, `ping: ${error.message}\n`);
    return error.message.startsWith('usage') ? 1 : 2;
  }
  const host = o.host;
  let address: string;
  try {
    address = (yield* resolveHost(host)).find(isIpv4) ?? '127.0.0.1';
  } catch (error) {
    if (!(error instanceof HostNotFound)) throw error;
    yield* write(2, `ping: ${host}: ${error.message}\n`);
    return 2;
  }
  const literal = canonicalAddress(host) !== null;
  const name = literal || o.numeric ? undefined : yield* reverseLookup(address);
  const from = (ip: string) => (ip === address && !literal && !o.numeric ? `${name ?? host} (${ip})` : ip);
  const total = o.size + 28;
  yield* write(1, `PING ${host} (${address}) ${o.size}(${total}) bytes of data.\n`);
  try {
    const tally = yield* run(
      address,
      o,
      {
        *reply(r, us, duplicate) {
          if (!o.quiet)
            yield* write(
              1,
              `${r.size} bytes from ${from(r.from)}: icmp_seq=${r.sequence} ttl=${r.ttl} time=${iputilsTime(us)} ms${duplicate ? ' (DUP!)' : ''}\n`,
            );
        },
        *trouble(r) {
          const what = r.kind === 'timeExceeded' ? 'Time to live exceeded' : (UNREACHABLE[r.code] ?? 'Destination Host Unreachable');
          if (!o.quiet) yield* write(1, `From ${r.from} icmp_seq=${r.sequence} ${what}\n`);
        },
      },
      1,
    );
    yield* write(1, summary(host, tally));
    return tally.received === 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(
      2,
      error.code === 'EPERM' || error.code === 'EACCES' ? `ping: socket: ${error.message}\n` : `ping: connect: ${error.message}\n`,
    );
    return 2;
  }
}

function summary(host: string, t: Tally): string {
  const loss = t.sent === 0 ? 0 : Math.round(((t.sent - t.received) * 1000) / t.sent) / 10;
  const extra = (t.duplicates > 0 ? `, +${t.duplicates} duplicates` : '') + (t.errors > 0 ? `, +${t.errors} errors` : '');
  const lossText = Number.isInteger(loss) ? String(loss) : loss.toPrecision(6).replace(/0+$/, '');
  let out = `\n--- ${host} ping statistics ---\n${t.sent} packets transmitted, ${t.received} received${extra}, ${lossText}% packet loss, time ${Math.round(t.elapsed / 1000)}ms\n`;
  if (t.received > 0) {
    const mean = t.times.reduce((sum, x) => sum + x, 0) / t.times.length;
    const deviation = Math.sqrt(t.times.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / t.times.length);
    out += `rtt min/avg/max/mdev = ${ms(Math.min(...t.times), 3)}/${ms(mean, 3)}/${ms(Math.max(...t.times), 3)}/${ms(deviation, 3)} ms\n`;
  } else {
    out += '\n';
  }
  return out;
}

/** `busybox ping`. */
export function* busyboxPing(argv: readonly string[]): Sim<number> {
  let o: PingOptions;
  try {
    o = parse(argv.slice(1), 'ciWwstIAp', 'q46');
    if (o.host === undefined) throw new Usage('');
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    yield* write(2, `${error.message === '' ? '' : `ping: ${error.message}\n`}${BUSYBOX_USAGE}`);
    return 1;
  }
  const host = o.host;
  let address: string;
  try {
    address = (yield* resolveHost(host)).find(isIpv4) ?? '127.0.0.1';
  } catch (error) {
    if (!(error instanceof HostNotFound)) throw error;
    yield* write(2, `ping: bad address '${host}'\n`);
    return 1;
  }
  yield* write(1, `PING ${host} (${address}): ${o.size} data bytes\n`);
  let tally: Tally;
  try {
    tally = yield* run(
      address,
      o,
      {
        *reply(r, us, duplicate) {
          if (!o.quiet)
            yield* write(
              1,
              `${r.size} bytes from ${r.from}: seq=${r.sequence} ttl=${r.ttl} time=${ms(us, 3)} ms${duplicate ? ' (DUP!)' : ''}\n`,
            );
        },
        *trouble() {},
      },
      0,
    );
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(
      2,
      error.code === 'EPERM' || error.code === 'EACCES'
        ? 'ping: permission denied (are you root?)\n'
        : `ping: sendto: ${error.message.replace('Network is unreachable', 'Network unreachable')}\n`,
    );
    return 1;
  }
  const loss = tally.sent === 0 ? 0 : Math.floor(((tally.sent - tally.received) * 100) / tally.sent);
  yield* write(
    1,
    `\n--- ${host} ping statistics ---\n${tally.sent} packets transmitted, ${tally.received} packets received${tally.duplicates > 0 ? `, ${tally.duplicates} duplicates` : ''}, ${loss}% packet loss\n`,
  );
  if (tally.received > 0) {
    const mean = tally.times.reduce((sum, x) => sum + x, 0) / tally.times.length;
    yield* write(1, `round-trip min/avg/max = ${ms(Math.min(...tally.times), 3)}/${ms(mean, 3)}/${ms(Math.max(...tally.times), 3)} ms\n`);
  }
  return tally.received > 0 ? 0 : 1;
}

const BUSYBOX_USAGE = 'BusyBox v1.37.0 multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n';

export const program: Program = { name: 'ping', main };
