/** What /proc/net and /sys/class/net show of a stack: proc_net(5), sysfs-class-net. */

import { netmask, parseIpv4, parseIpv6 } from './ip/address.ts';
import type { Neighbour } from './ip/neighbour.ts';
import type { RouteTable } from './ip/routes.ts';
import type { InterfaceAddress, NetInterface } from './link/interface.ts';
import type { SocketTable, TcpState } from './transport/sockets.ts';

/** The tables of a network stack. */
interface NetTables {
  readonly interfaces: readonly NetInterface[];
  readonly routes: RouteTable;
  readonly sockets: SocketTable;
  readonly neighbours: ReadonlyMap<string, Neighbour>;
}

/** As the kernel prints an address: the four bytes as one little-endian number. */
function hexAddress(address: string): string {
  const value = parseIpv4(address) ?? 0;
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
    .map((b) => b.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function hexAddress6(address: string): string {
  const v4 = parseIpv4(address);
  const groups = v4 === null ? (parseIpv6(address || '::') ?? []) : [0, 0, 0, 0, 0, 0xffff, v4 >>> 16, v4 & 0xffff];
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  const words = [0, 4, 8, 12].map((at) => bytes.slice(at, at + 4).reverse());
  return words
    .flat()
    .map((b) => b.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

const hex = (n: number, width: number) => n.toString(16).toUpperCase().padStart(width, '0');

const DEV_HEAD =
  'Inter-|   Receive                                                |  Transmit\n' +
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';

function dev(stack: NetTables): string {
  return (
    DEV_HEAD +
    stack.interfaces
      .map(({ name, counters: c }) => {
        const left = [c.rxBytes, c.rxPackets, 0, c.rxDropped].map((n, i) => String(n).padStart([7, 7, 4, 4][i])).join(' ');
        const right = [c.txBytes, c.txPackets, 0, c.txDropped].map((n, i) => String(n).padStart([8, 7, 4, 4][i])).join(' ');
        return `${name.padStart(6)}: ${left}    0     0          0         0 ${right}    0     0       0          0\n`;
      })
      .join('')
  );
}

function route(stack: NetTables): string {
  const pad = (text: string) => `${text.padEnd(127)}\n`;
  return [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    ...stack.routes.list().map((r) => {
      const base = r.destination.base;
      const text = (value: number) => hexAddress(`${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`);
      const flags = 1 | (r.via === undefined ? 0 : 2) | (r.destination.bits === 32 ? 4 : 0);
      return `${r.device.name}\t${text(base)}\t${hexAddress(r.via ?? '0.0.0.0')}\t${hex(flags, 4)}\t0\t0\t${r.metric}\t${text(netmask(r.destination.bits))}\t0\t0\t0`;
    }),
  ]
    .map(pad)
    .join('');
}

/** include/net/tcp_states.h */
const STATES: Readonly<Record<TcpState, number>> = {
  established: 1,
  synSent: 2,
  synReceived: 3,
  finWait: 5,
  timeWait: 6,
  closed: 7,
  closeWait: 8,
  lastAck: 9,
  listen: 10,
};

const TCP_HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const TCP6_HEAD =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

function sockets(stack: NetTables, proto: 'tcp' | 'udp', six: boolean): string {
  const shown = six ? hexAddress6 : hexAddress;
  const seen = new Set<unknown>();
  const rows: string[] = [];
  const list =
    proto === 'tcp'
      ? [...[...stack.sockets.tcp.values()].flat(), ...stack.sockets.connections.values()]
      : [...stack.sockets.udp.values()].flat();
  for (const socket of list) {
    if (seen.has(socket) || (socket.domain === 'inet6') !== six) continue;
    seen.add(socket);
    const state = 'state' in socket ? STATES[socket.state] : socket.remote ? 1 : 7;
    if (proto === 'tcp' && state === 7) continue;
    const local = `${shown(socket.local.address)}:${hex(socket.local.port, 4)}`;
    const remote = `${shown(socket.remote?.address ?? '')}:${hex(socket.remote?.port ?? 0, 4)}`;
    rows.push(
      `${String(rows.length).padStart(4)}: ${local} ${remote} ${hex(state, 2)} 00000000:${hex(socket.queued, 8)} 00:00000000 00000000 ${'0'.padStart(5)} ${'0'.padStart(8)} ${socket.inode}`,
    );
  }
  const head = six ? TCP6_HEAD : TCP_HEAD;
  return `${[head, ...rows].map((row) => (six ? row : row.padEnd(149))).join('\n')}\n`;
}

function arp(stack: NetTables): string {
  return (
    'IP address       HW type     Flags       HW address            Mask     Device\n' +
    [...stack.neighbours.values()]
      .map(
        (n) =>
          `${n.address.padEnd(16)} 0x1         ${n.mac === '' ? '0x0' : '0x2'}         ${n.mac || '00:00:00:00:00:00'}     *        ${n.device.name}\n`,
      )
      .join('')
  );
}

const SCOPE6: Readonly<Record<InterfaceAddress['scope'], string>> = { global: '00', host: '10', link: '20' };

function ifInet6(stack: NetTables): string {
  return stack.interfaces
    .flatMap((device) => {
      const own = device.kind === 'loopback' && device.ipv6 && device.up ? [{ address: '::1', bits: 128, scope: 'host' as const }] : [];
      return [...own, ...device.addresses.filter((a) => a.address.includes(':'))].map((a) => {
        const plain = (parseIpv6(a.address) ?? []).map((group) => group.toString(16).padStart(4, '0')).join('');
        return `${plain} ${device.index.toString(16).padStart(2, '0')} ${a.bits.toString(16).padStart(2, '0')} ${SCOPE6[a.scope]} 80 ${device.name.padStart(8)}\n`;
      });
    })
    .join('');
}

function sockstat(stack: NetTables): string {
  const tcp = new Set([...[...stack.sockets.tcp.values()].flat(), ...stack.sockets.connections.values()]).size;
  const udp = [...stack.sockets.udp.values()].flat().length;
  return `sockets: used ${tcp + udp}\nTCP: inuse ${tcp} orphan 0 tw 0 alloc ${tcp} mem 0\nUDP: inuse ${udp} mem 0\nUDPLITE: inuse 0\nRAW: inuse ${stack.sockets.icmp.size}\nFRAG: inuse 0 memory 0\n`;
}

export function procNetFiles(stack: NetTables): Readonly<Record<string, () => string>> {
  return {
    arp: () => arp(stack),
    dev: () => dev(stack),
    if_inet6: () => ifInet6(stack),
    route: () => route(stack),
    sockstat: () => sockstat(stack),
    tcp: () => sockets(stack, 'tcp', false),
    tcp6: () => sockets(stack, 'tcp', true),
    udp: () => sockets(stack, 'udp', false),
    udp6: () => sockets(stack, 'udp', true),
  };
}

/** IFF_* of if.h. */
function flagsOf(device: NetInterface): number {
  const up = device.up ? 0x1 : 0;
  return device.kind === 'loopback' ? up | 0x8 : up | 0x2 | 0x1000;
}

export function interfaceAttributes(device: NetInterface): Readonly<Record<string, string>> {
  const { counters: c } = device;
  const state = device.kind === 'loopback' ? 'unknown' : device.carrier ? 'up' : 'down';
  return {
    address: device.mac,
    broadcast: device.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff',
    carrier: device.carrier ? '1' : '0',
    flags: `0x${flagsOf(device).toString(16)}`,
    ifindex: String(device.index),
    iflink: String(device.medium?.peerOf(device)?.index ?? device.index),
    mtu: String(device.mtu),
    operstate: state,
    speed: device.kind === 'veth' ? '10000' : '1000',
    tx_queue_len: device.kind === 'loopback' || device.kind === 'device' ? '1000' : '0',
    type: device.kind === 'loopback' ? '772' : '1',
    'statistics/rx_bytes': String(c.rxBytes),
    'statistics/rx_dropped': String(c.rxDropped),
    'statistics/rx_errors': '0',
    'statistics/rx_packets': String(c.rxPackets),
    'statistics/tx_bytes': String(c.txBytes),
    'statistics/tx_dropped': String(c.txDropped),
    'statistics/tx_errors': '0',
    'statistics/tx_packets': String(c.txPackets),
  };
}
