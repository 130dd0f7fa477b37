import type { SimTime } from '../../kernel/clock.ts';
import type { Medium, NetInterface, SegmentPath } from './interface.ts';

/** Local hops take 50 microseconds. */
export const LOCAL_LATENCY: SimTime = 25;

/** A pair of virtual Ethernet devices: what goes into one comes out of the other. */
export class VethCable implements Medium {
  readonly #a: NetInterface;
  readonly #b: NetInterface;

  constructor(a: NetInterface, b: NetInterface) {
    this.#a = a;
    this.#b = b;
    a.medium = this;
    b.medium = this;
  }

  peerOf(from: NetInterface): NetInterface | undefined {
    return from === this.#a ? this.#b : this.#a;
  }

  find(address: string, from: NetInterface, seen: Set<NetInterface>): SegmentPath | undefined {
    const path = this.peerOf(from)?.accept(address, seen);
    return path && { ...path, latency: path.latency + LOCAL_LATENCY };
  }
}

/** An Ethernet switch between machines. A cable can be pulled; the two ends then hear nothing of each other. */
export class Switch implements Medium {
  readonly latency: SimTime;
  /** Bytes per second of each cable. */
  readonly bandwidth: number;
  readonly #cables = new Set<NetInterface>();
  readonly #cut = new Set<NetInterface>();
  /** Groups of machines that cannot hear the others (a partition); undefined when whole. */
  #sides: ReadonlyMap<NetInterface, number> | undefined;

  constructor(options: { latency: SimTime; bandwidth: number }) {
    this.latency = options.latency;
    this.bandwidth = options.bandwidth;
  }

  plug(port: NetInterface): void {
    port.medium = this;
    this.#cables.add(port);
  }

  unplug(port: NetInterface): void {
    port.medium = undefined;
    this.#cables.delete(port);
    this.#cut.delete(port);
  }

  /** Cuts or mends one cable. */
  setCut(port: NetInterface, cut: boolean): void {
    if (cut) this.#cut.add(port);
    else this.#cut.delete(port);
  }

  isCut(port: NetInterface): boolean {
    return this.#cut.has(port);
  }

  /** Splits the ports into sides; a port in none hears all. */
  partition(sides: ReadonlyMap<NetInterface, number> | undefined): void {
    this.#sides = sides;
  }

  peerOf(): undefined {
    return undefined;
  }

  find(address: string, from: NetInterface, seen: Set<NetInterface>): SegmentPath | undefined {
    if (this.#cut.has(from)) return undefined;
    const side = this.#sides?.get(from);
    for (const port of this.#cables) {
      if (port === from || this.#cut.has(port)) continue;
      const other = this.#sides?.get(port);
      if (side !== undefined && other !== undefined && side !== other) continue;
      const path = port.accept(address, seen);
      if (path) return { ...path, latency: path.latency + this.latency, bandwidth: Math.min(path.bandwidth, this.bandwidth) };
    }
    return undefined;
  }
}
