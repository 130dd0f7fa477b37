/** ifconfig: net-tools' for the machine, busybox's for small images. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { capable, write } from '../kernel/syscalls.ts';
import { currentStack } from '../net/current.ts';
import { formatIpv4, netmask, parseCidr, parseIpv4 } from '../net/ip/address.ts';
import type { NetInterface } from '../net/link/interface.ts';

function size(bytes: number, busybox: boolean): string {
  const units = busybox ? ['B', 'KiB', 'MiB', 'GiB'] : ['B', 'KB', 'MB', 'GB'];
  const step = busybox ? 1024 : 1000;
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

function gnu(i: NetInterface): string {
  const flags = [
    ...(i.up ? ['UP'] : []),
    ...(i.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST']),
    ...(i.carrier ? ['RUNNING'] : []),
    ...(i.kind === 'loopback' ? [] : ['MULTICAST']),
  ];
  const value = (i.up ? 1 : 0) | (i.kind === 'loopback' ? 8 : 2 | 0x1000) | (i.carrier ? 64 : 0);
  const c = i.counters;
  let out = `${i.name}: flags=${value}<${flags.join(',')}>  mtu ${i.mtu}\n`;
  for (const a of i.addresses)
    out += `        inet ${a.address}  netmask ${formatIpv4(netmask(a.bits))}${a.broadcast === '' ? '' : `  broadcast ${a.broadcast}`}\n`;
  if (i.kind === 'loopback' && i.up)
    out += '        inet6 ::1  prefixlen 128  scopeid 0x10<host>\n        loop  txqueuelen 1000  (Local Loopback)\n';
  else if (i.kind !== 'loopback') out += `        ether ${i.mac}  txqueuelen ${i.kind === 'device' ? 1000 : 0}  (Ethernet)\n`;
  out += `        RX packets ${c.rxPackets}  bytes ${c.rxBytes} (${size(c.rxBytes, false)})\n        RX errors 0  dropped ${c.rxDropped}  overruns 0  frame 0\n`;
  return `${out}        TX packets ${c.txPackets}  bytes ${c.txBytes} (${size(c.txBytes, false)})\n        TX errors 0  dropped ${c.txDropped} overruns 0  carrier 0  collisions 0\n\n`;
}

function busyboxText(i: NetInterface): string {
  const c = i.counters;
  const encap = i.kind === 'loopback' ? 'Local Loopback  ' : `Ethernet  HWaddr ${i.mac.toUpperCase()}  `;
  let out = `${i.name.padEnd(9)} Link encap:${encap}\n`;
  for (const a of i.addresses)
    out += `          inet addr:${a.address}  ${a.broadcast === '' ? '' : `Bcast:${a.broadcast}  `}Mask:${formatIpv4(netmask(a.bits))}\n`;
  if (i.kind === 'loopback' && i.ipv6) out += '          inet6 addr: ::1/128 Scope:Host\n';
  const flags = [
    ...(i.up ? ['UP'] : []),
    ...(i.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST']),
    ...(i.carrier ? ['RUNNING'] : []),
    ...(i.kind === 'loopback' ? [] : ['MULTICAST']),
  ];
  out += `          ${flags.join(' ')}  MTU:${i.mtu}  Metric:1\n          RX packets:${c.rxPackets} errors:0 dropped:${c.rxDropped} overruns:0 frame:0\n`;
  out += `          TX packets:${c.txPackets} errors:0 dropped:${c.txDropped} overruns:0 carrier:0\n          collisions:0 txqueuelen:${i.kind === 'loopback' ? 1000 : 0} \n`;
  return `${out}          RX bytes:${c.rxBytes} (${size(c.rxBytes, true)})  TX bytes:${c.txBytes} (${size(c.txBytes, true)})\n\n`;
}

function* ifconfig(argv: readonly string[], text: (i: NetInterface) => string): Sim<number> {
  const stack = yield* currentStack();
  const all = argv.includes('-a');
  const words = argv.slice(1).filter((arg) => !arg.startsWith('-'));
  const sorted = [...stack.interfaces].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (words.length === 0) {
    yield* write(
      1,
      sorted
        .filter((i) => all || i.up)
        .map(text)
        .join(''),
    );
    return 0;
  }
  const device = stack.interface(words[0]);
  if (!device) {
    yield* write(2, `${words[0]}: error fetching interface information: Device not found\n`);
    return 1;
  }
  if (words.length === 1) {
    yield* write(1, text(device));
    return 0;
  }
  if (!(yield* capable('CAP_NET_ADMIN'))) {
    const call = /^(up|down)$/.test(words[1]) ? 'SIOCSIFFLAGS' : 'SIOCSIFADDR';
    yield* write(2, text === busyboxText ? `ifconfig: ${call}: Operation not permitted\n` : `${call}: Operation not permitted\n`);
    return text === busyboxText ? 1 : 255;
  }
  const mask = words.includes('netmask') ? parseIpv4(words[words.indexOf('netmask') + 1] ?? '') : null;
  for (const word of words.slice(1)) {
    if (word === 'up' || word === 'down') stack.setUp(device, word === 'up');
    const cidr =
      parseCidr(word) ??
      (words.indexOf(word) === 1 && parseIpv4(word) !== null
        ? parseCidr(`${word}/${mask === null ? 24 : mask.toString(2).replaceAll('0', '').length}`)
        : null);
    if (cidr) {
      for (const a of [...device.addresses]) stack.removeAddress(device, a.address);
      stack.addAddress(device, formatIpv4(cidr.base), cidr.bits);
      stack.setUp(device, true);
    }
  }
  return 0;
}

/** `busybox ifconfig`. */
export function busyboxIfconfig(argv: readonly string[]): Sim<number> {
  return ifconfig(argv, busyboxText);
}

export const program: Program = { name: 'ifconfig', main: (argv) => ifconfig(argv, gnu) };
