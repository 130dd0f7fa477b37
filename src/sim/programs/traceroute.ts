/** traceroute: UDP to high ports with a growing TTL; -I sends echoes instead. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { bind, close, getpid, getsockname, now, recvfrom, sendto, setsockopt, socket, write } from '../kernel/syscalls.ts';
import { HostNotFound, resolveHost, reverseLookup } from '../net/dns/resolve.ts';
import { isIpv4 } from '../net/ip/address.ts';

const FIRST_PORT = 33434;
const WAIT = 5_000_000;

export function* traceroute(argv: readonly string[]): Sim<number> {
  let numeric = false;
  let echo = false;
  let hops = 30;
  let queries = 3;
  let wait = WAIT;
  const words: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    if (argv[i] === '-n') numeric = true;
    else if (argv[i] === '-I') echo = true;
    else if (argv[i] === '-m') hops = Number(argv[++i]);
    else if (argv[i] === '-q') queries = Number(argv[++i]);
    else if (argv[i] === '-w') wait = Number(argv[++i]) * 1_000_000;
    else if (!argv[i].startsWith('-')) words.push(argv[i]);
  }
  const [host] = words;
  if (host === undefined) {
    yield* write(2, 'Usage: traceroute [-nI] [-m hops] [-q queries] [-w seconds] host\n');
    return 2;
  }
  let address: string;
  try {
    address = (yield* resolveHost(host)).find(isIpv4) ?? '127.0.0.1';
  } catch (error) {
    if (!(error instanceof HostNotFound)) throw error;
    yield* write(2, `${host}: ${error.message}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${argv.length - 1})\n`);
    return 2;
  }
  let ears: number;
  try {
    ears = yield* socket('inet', 'raw', 'icmp');
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `traceroute: socket: ${error.message}\n`);
    return 1;
  }
  const mouth = echo ? ears : yield* socket('inet', 'dgram');
  if (!echo) yield* bind(mouth, { address: '', port: 0 });
  const own = yield* getsockname(mouth);
  const ident = (yield* getpid()) & 0xffff;
  const key = echo ? ident : 'port' in own ? own.port : 0;
  yield* write(1, `traceroute to ${host} (${address}), ${hops} hops max, 60 byte packets\n`);
  let probe = 0;
  for (let ttl = 1, over = false; ttl <= hops && !over; ttl++) {
    let line = String(ttl).padStart(2);
    let last = '';
    for (let q = 0; q < queries; q++) {
      yield* setsockopt(mouth, 'IP_TTL', ttl);
      const sequence = probe++;
      const begin = yield* now();
      try {
        if (echo)
          yield* sendto(
            mouth,
            new Uint8Array([8, 0, 0, 0, ident >> 8, ident & 255, sequence >> 8, sequence & 255, ...new Array<number>(32).fill(0)]),
            { address, port: 0 },
          );
        else yield* sendto(mouth, new Uint8Array(32), { address, port: FIRST_PORT + sequence });
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        if (error.code === 'ENETUNREACH') {
          yield* write(2, `connect: ${error.message}\n`);
          return 1;
        }
      }
      const answer = yield* listenFor(ears, key, echo ? sequence : FIRST_PORT + sequence, begin + wait);
      if (!answer) {
        line += ' *';
        continue;
      }
      if (answer.from !== last) {
        const name = numeric ? undefined : ((yield* reverseLookup(answer.from)) ?? answer.from);
        line += `  ${name === undefined ? answer.from : `${name} (${answer.from})`}`;
        last = answer.from;
      }
      line += `  ${((answer.at - begin) / 1000).toFixed(3)} ms${answer.mark}`;
      over ||= answer.final;
    }
    yield* write(1, `${line}\n`);
  }
  yield* close(ears);
  if (!echo) yield* close(mouth);
  return 0;
}

interface Answer {
  readonly from: string;
  readonly at: number;
  readonly final: boolean;
  readonly mark: string;
}

/** The answer to one probe: `key` is its source port or identifier, `second` its target port or sequence. */
function* listenFor(fd: number, key: number, second: number, deadline: number): Sim<Answer | undefined> {
  for (;;) {
    const left = deadline - (yield* now());
    if (left <= 0) return undefined;
    const d = yield* recvfrom(fd, left);
    if (!d || !('port' in d.from)) return undefined;
    const u16 = (at: number) => d.data[at] * 256 + d.data[at + 1];
    const [type, code] = d.data;
    const at = yield* now();
    if (type === 0 && u16(4) === key && u16(6) === second) return { from: d.from.address, at, final: true, mark: '' };
    if ((type === 11 || type === 3) && u16(9) === key && u16(11) === second) {
      return {
        from: d.from.address,
        at,
        final: type === 3,
        mark: type === 3 && code === 1 ? ' !H' : type === 3 && code === 0 ? ' !N' : type === 3 && code === 13 ? ' !X' : '',
      };
    }
  }
}

export const program: Program = { name: 'traceroute', main: traceroute };
