/** Address management: which subnets networks get, and which addresses their endpoints. */

import type { Cidr } from '../../net/ip/address.ts';
import { broadcastOf, cidrContains, cidrsOverlap, formatCidr, formatIpv4, networkOf, parseCidr, parseIpv4 } from '../../net/ip/address.ts';
import { forbidden, invalid } from '../errors.ts';

/** Docker's default address pools: 172.17 to 172.31 as /16, then 192.168.0.0/16 in /20s. */
const DEFAULT_POOLS: readonly string[] = [
  ...Array.from({ length: 15 }, (_, i) => `172.${17 + i}.0.0/16`),
  ...Array.from({ length: 16 }, (_, i) => `192.168.${16 * i}.0/20`),
];

const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text);
  if (!parsed) throw invalid(`invalid subnet ${text}: invalid CIDR block notation`);
  return networkOf(parsed);
};

/** The first default pool that overlaps neither a network nor a route of the host. */
export function choosePool(taken: readonly Cidr[]): string {
  const free = DEFAULT_POOLS.find((pool) => !taken.some((other) => cidrsOverlap(cidr(pool), other)));
  if (!free) throw forbidden('all predefined address pools have been fully subnetted');
  return free;
}

/** The addresses of one network. */
export class AddressPool {
  readonly subnet: Cidr;
  readonly range: Cidr;
  readonly #taken = new Set<number>();

  constructor(subnet: string, range: string) {
    this.subnet = cidr(subnet);
    this.range = range === '' ? this.subnet : cidr(range);
    // Network and broadcast address are nobody's.
    this.#taken.add(this.subnet.base);
    if (this.subnet.bits < 31) this.#taken.add(broadcastOf(this.subnet));
  }

  get text(): string {
    return formatCidr(this.subnet);
  }

  /** Takes the given address, or the lowest free one. */
  take(wanted: string | undefined, networkName: string, networkId: string): string {
    if (wanted !== undefined) {
      const address = parseIpv4(wanted);
      if (address === null || !cidrContains(this.subnet, address)) throw forbidden('requested address is out of range');
      if (this.#taken.has(address)) throw forbidden('Address already in use');
      this.#taken.add(address);
      return wanted;
    }
    const last = broadcastOf(this.range);
    for (let address = this.range.base; address <= last; address++) {
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return formatIpv4(address);
    }
    throw forbidden(`no available IPv4 addresses on this network's address pools: ${networkName} (${networkId})`);
  }

  give(address: string): void {
    const value = parseIpv4(address);
    if (value !== null) this.#taken.delete(value);
  }
}
