/** netstat of net-tools: sockets (-l -a -t -u -n -p), routes (-r), interfaces (-i). */

import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { currentStack } from '../net/current.ts';
import { routeTable } from './network/routeTable.ts';
import { serviceName } from './network/services.ts';
import type { SocketRow } from './network/sockets.ts';
import { listSockets, socketHolders } from './network/sockets.ts';

const STATES: Readonly<Record<SocketRow['state'], string>> = {
  closed: 'CLOSE',
  listen: 'LISTEN',
  synSent: 'SYN_SENT',
  synReceived: 'SYN_RECV',
  established: 'ESTABLISHED',
  finWait: 'FIN_WAIT2',
  closeWait: 'CLOSE_WAIT',
  lastAck: 'LAST_ACK',
  timeWait: 'TIME_WAIT',
  unconn: '',
};

/** Both netstats write this alike, but for a blank more in BusyBox's column of states. */
export function* netstat(argv: readonly string[], busybox = false): Sim<number> {
  const flags = new Set<string>();
  const long: Readonly<Record<string, string>> = {
    listening: 'l',
    all: 'a',
    tcp: 't',
    udp: 'u',
    numeric: 'n',
    programs: 'p',
    program: 'p',
    route: 'r',
    interfaces: 'i',
  };
  for (const arg of argv.slice(1)) {
    if (arg.startsWith('--')) flags.add(own(long, arg.slice(2)) ?? '');
    else if (arg.startsWith('-')) for (const letter of arg.slice(1)) flags.add(letter);
  }
  const stack = yield* currentStack();
  if (flags.has('r')) {
    yield* write(1, routeTable(stack, true));
    return 0;
  }
  if (flags.has('i')) {
    let out = 'Kernel Interface table\nIface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';
    for (const i of [...stack.interfaces].filter((x) => x.up).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const c = i.counters;
      const flagText = i.kind === 'loopback' ? 'LRU' : 'BMRU';
      out += `${i.name.padEnd(8)} ${String(i.mtu).padStart(5)} ${String(c.rxPackets).padStart(8)}      0      ${c.rxDropped} 0      ${String(c.txPackets).padStart(8)}      0      ${c.txDropped}      0 ${flagText}\n`;
    }
    yield* write(1, out);
    return 0;
  }
  const waiting = (r: SocketRow) => r.state === 'listen' || r.state === 'unconn';
  const rows = (yield* listSockets())
    .filter((r) => (!flags.has('t') && !flags.has('u')) || (r.proto === 'tcp' && flags.has('t')) || (r.proto === 'udp' && flags.has('u')))
    .filter((r) => (flags.has('a') ? true : flags.has('l') ? waiting(r) : !waiting(r)))
    .sort((a, b) => (a.proto === b.proto ? Number(a.six) - Number(b.six) : a.proto === 'tcp' ? -1 : 1));
  const holders = flags.has('p') ? yield* socketHolders() : new Map();
  const what = flags.has('a') ? 'servers and established' : flags.has('l') ? 'only servers' : 'w/o servers';
  let out = `Active Internet connections (${what})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${busybox ? ' ' : ''}${flags.has('p') ? ' PID/Program name    ' : ''}\n`;
  const port = (n: number) => (flags.has('n') ? String(n) : (serviceName(n) ?? String(n)));
  for (const r of rows) {
    const any = r.six ? '::' : '0.0.0.0';
    const local = `${r.local.address || any}:${port(r.local.port)}`;
    const remote = r.remote ? `${r.remote.address}:${port(r.remote.port)}` : `${any}:*`;
    const holder = holders.get(r.inode)?.[0] as { name: string; pid: number } | undefined;
    const tail = flags.has('p') ? ` ${(holder ? `${holder.pid}/${holder.name}` : '-').padEnd(20)}` : '';
    out += `${(r.proto + (r.six ? '6' : '')).padEnd(5)} ${String(r.received).padStart(6)} ${String(r.state === 'listen' ? 0 : r.sent).padStart(6)} ${local.padEnd(23)} ${remote.padEnd(23)} ${STATES[r.state].padEnd(busybox ? 12 : 11)}${tail}\n`;
  }
  yield* write(1, out);
  return 0;
}

export const program: Program = { name: 'netstat', main: (argv) => netstat(argv) };
