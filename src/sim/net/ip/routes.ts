import type { NetInterface } from '../link/interface.ts';
import type { Cidr } from './address.ts';
import { cidrContains, netmask } from './address.ts';

export interface Route {
  readonly destination: Cidr;
  readonly via: string | undefined;
  readonly device: NetInterface;
  readonly protocol: 'kernel' | 'boot' | 'static' | 'dhcp';
  readonly scope: 'link' | 'global' | 'host';
  /** Preferred source address. */
  readonly source: string | undefined;
  readonly metric: number;
}

/** The main routing table of one stack: longest prefix, then lowest metric, then the older route. */
export class RouteTable {
  readonly #routes: Route[] = [];

  list(): readonly Route[] {
    return [...this.#routes].sort((a, b) =>
      a.destination.bits === 0 || b.destination.bits === 0
        ? Number(b.destination.bits === 0) - Number(a.destination.bits === 0)
        : a.destination.base - b.destination.base || b.destination.bits - a.destination.bits,
    );
  }

  add(route: Route): void {
    this.#routes.push({
      ...route,
      destination: { base: (route.destination.base & netmask(route.destination.bits)) >>> 0, bits: route.destination.bits },
    });
  }

  has(destination: Cidr, metric = 0): boolean {
    return this.#routes.some(
      (r) => r.destination.base === destination.base && r.destination.bits === destination.bits && r.metric === metric,
    );
  }

  /** Removes the first route that fits; false if there is none. */
  remove(fits: (route: Route) => boolean): boolean {
    const at = this.#routes.findIndex(fits);
    if (at >= 0) this.#routes.splice(at, 1);
    return at >= 0;
  }

  removeDevice(device: NetInterface): void {
    while (this.remove((route) => route.device === device));
  }

  lookup(address: number): Route | undefined {
    let best: Route | undefined;
    for (const route of this.#routes) {
      if (!route.device.up || !cidrContains(route.destination, address)) continue;
      if (
        !best ||
        route.destination.bits > best.destination.bits ||
        (route.destination.bits === best.destination.bits && route.metric < best.metric)
      )
        best = route;
    }
    return best;
  }
}
