/** ss of iproute2: -l -a -t -u -n -p, and -s. */

import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getWindowSize, isatty, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { serviceName } from './network/services.ts';
import type { SocketRow } from './network/sockets.ts';
import { listSockets, socketHolders } from './network/sockets.ts';
import { SS_USAGE, ssTable } from './network/ssLayout.ts';

const STATES: Readonly<Record<SocketRow['state'], string>> = {
  closed: 'UNCONN',
  listen: 'LISTEN',
  synSent: 'SYN-SENT',
  synReceived: 'SYN-RECV',
  established: 'ESTAB',
  finWait: 'FIN-WAIT-2',
  closeWait: 'CLOSE-WAIT',
  lastAck: 'LAST-ACK',
  timeWait: 'TIME-WAIT',
  unconn: 'UNCONN',
};

function* main(argv: readonly string[]): Sim<number> {
  const flags = new Set<string>();
  const long: Readonly<Record<string, string>> = {
    listening: 'l',
    all: 'a',
    tcp: 't',
    udp: 'u',
    numeric: 'n',
    processes: 'p',
    summary: 's',
    ipv4: '4',
    ipv6: '6',
    'no-header': 'H',
    help: 'h',
    version: 'V',
  };
  for (const arg of argv.slice(1)) {
    if (arg.startsWith('--')) {
      const letter = own(long, arg.slice(2));
      if (letter === undefined) {
        yield* write(2, `ss: unrecognized option '${arg}'\n${SS_USAGE}`);
        return 255;
      }
      flags.add(letter);
    } else if (arg.startsWith('-')) for (const letter of arg.slice(1)) flags.add(letter);
  }
  if (flags.has('h') || flags.has('V')) {
    yield* write(1, flags.has('h') ? SS_USAGE : 'ss utility, iproute2-6.1.0\n');
    return 0;
  }
  const rows = yield* listSockets();
  if (flags.has('s')) {
    const tcp = rows.filter((r) => r.proto === 'tcp');
    yield* write(
      1,
      `Total: ${rows.length}\nTCP:   ${tcp.length} (estab ${tcp.filter((r) => r.state === 'established').length}, closed 0, orphaned 0, timewait 0)\n`,
    );
    return 0;
  }
  const kinds =
    flags.has('t') || flags.has('u')
      ? rows.filter((r) => (r.proto === 'tcp' && flags.has('t')) || (r.proto === 'udp' && flags.has('u')))
      : rows;
  const waiting = (r: SocketRow) => r.state === 'listen' || r.state === 'unconn';
  const shown = kinds
    .filter((r) => (flags.has('a') ? true : flags.has('l') ? waiting(r) : !waiting(r)))
    .filter((r) => (!flags.has('4') || !r.six) && (!flags.has('6') || r.six))
    .sort((a, b) => (a.proto === b.proto ? Number(a.six) - Number(b.six) : a.proto === 'udp' ? -1 : 1));
  const both = !(flags.has('t') !== flags.has('u'));
  const holders = flags.has('p') ? yield* socketHolders() : new Map();
  const any = (r: SocketRow) => (r.six ? (r.proto === 'udp' || r.state === 'listen' ? '[::]' : '*') : '0.0.0.0');
  const host = (address: string) => (address.includes(':') ? `[${address}]` : address);
  const port = (n: number) => (flags.has('n') ? String(n) : (serviceName(n) ?? String(n)));
  const parts = (address: string, port: string): readonly [string, string] => [`${address}:`, port];
  const cells = shown.map((r) => [
    ...(both ? [r.proto] : []),
    STATES[r.state],
    String(r.received).padEnd(6),
    String(r.sent).padEnd(6),
    ...parts(r.local.address === '' ? any(r) : host(r.local.address), port(r.local.port)),
    ...(r.remote ? parts(host(r.remote.address), port(r.remote.port)) : parts(any(r), '*')),
    holders.has(r.inode)
      ? ` users:(${holders
          .get(r.inode)
          .map((h: { name: string; pid: number; fd: number }) => `("${h.name}",pid=${h.pid},fd=${h.fd})`)
          .join(',')})`
      : '',
  ]);
  const screen = (yield* isatty(1)) ? (yield* getWindowSize(1)).columns || undefined : undefined;
  yield* write(1, ssTable(cells, { header: !flags.has('H'), netid: both, screen }));
  return 0;
}

export const program: Program = { name: 'ss', main };
