/** ss of iproute2: -l -a -t -u -n -p, and -s. */

import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { serviceName } from './network/services.ts';
import type { SocketRow } from './network/sockets.ts';
import { listSockets, socketHolders } from './network/sockets.ts';

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
  };
  for (const arg of argv.slice(1)) {
    if (arg.startsWith('--')) {
      const letter = own(long, arg.slice(2));
      if (letter === undefined) {
        yield* write(2, `ss: unrecognized option '${arg}'\n`);
        return 255;
      }
      flags.add(letter);
    } else if (arg.startsWith('-')) for (const letter of arg.slice(1)) flags.add(letter);
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
  const cells = shown.map((r) => [
    ...(both ? [r.proto] : []),
    STATES[r.state],
    String(r.received),
    String(r.sent),
    `${r.local.address === '' ? any(r) : host(r.local.address)}:${port(r.local.port)}`,
    r.remote ? `${host(r.remote.address)}:${port(r.remote.port)}` : `${any(r)}:*`,
    holders.has(r.inode)
      ? `users:(${holders
          .get(r.inode)
          .map((h: { name: string; pid: number; fd: number }) => `("${h.name}",pid=${h.pid},fd=${h.fd})`)
          .join(',')})`
      : '',
  ]);
  const head = [
    ...(both ? ['Netid'] : []),
    'State',
    'Recv-Q',
    'Send-Q',
    'Local Address:Port',
    'Peer Address:Port',
    flags.has('p') ? 'Process' : '',
  ];
  yield* write(1, layout(flags.has('H') ? [] : [head], cells, both));
  return 0;
}

/** Addresses are aligned at their colon, as ss does it. */
function layout(head: readonly (readonly string[])[], rows: readonly (readonly string[])[], both: boolean): string {
  const first = both ? 4 : 3;
  const split = (text: string): [string, string] => {
    const at = text.lastIndexOf(':');
    return [text.slice(0, at), text.slice(at)];
  };
  const all = [...head, ...rows];
  const width = (at: number) => Math.max(0, ...all.map((r) => r[at].length));
  const widths = Array.from({ length: first }, (_, i) => width(i));
  const host = (at: number) => Math.max(...all.map((r) => split(r[at])[0].length), 0);
  const port = (at: number) => Math.max(...all.map((r) => split(r[at])[1].length), 0);
  const [lh, lp, ph, pp] = [host(first), port(first), host(first + 1), port(first + 1)];
  const line = (r: readonly string[]) => {
    const plain = widths.map((w, i) => r[i].padEnd(w)).join(' ');
    const [a, b] = split(r[first]);
    const [c, d] = split(r[first + 1]);
    return `${plain} ${a.padStart(lh)}${b.padEnd(lp)} ${c.padStart(ph)}${d.padEnd(pp)} ${r[first + 2]}`.trimEnd();
  };
  return all.map((r) => `${line(r)}\n`).join('');
}

export const program: Program = { name: 'ss', main };
