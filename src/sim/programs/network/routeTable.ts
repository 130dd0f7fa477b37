import { formatIpv4, netmask } from '../../net/ip/address.ts';
import type { NetStack } from '../../net/stack.ts';

/** The routing table as route(8) and `netstat -r` write it; with `names` as BusyBox does unless told -n. */
export function routeTable(stack: NetStack, netstat: boolean, names = false): string {
  const destination = (base: number) => (names && base === 0 ? 'default' : formatIpv4(base));

  let out = `Kernel IP routing table\nDestination     Gateway         Genmask         Flags ${netstat ? '  MSS Window  irtt Iface' : 'Metric Ref    Use Iface'}\n`;
  for (const r of stack.routes.list()) {
    const flags = `U${r.via ? 'G' : ''}${r.destination.bits === 32 ? 'H' : ''}`;
    const tail = netstat ? '    0 0          0 ' : `${String(r.metric).padEnd(6)} 0        0 `;
    out += `${destination(r.destination.base).padEnd(15)} ${(r.via ?? (names ? '*' : '0.0.0.0')).padEnd(15)} ${formatIpv4(netmask(r.destination.bits)).padEnd(15)} ${flags.padEnd(5)} ${tail}${r.device.name}\n`;
  }
  return out;
}
