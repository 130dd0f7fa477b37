import type { SimTime } from '../../kernel/clock.ts';
import type { Medium, NetInterface, SegmentPath } from './interface.ts';

/** Local hops take 50 microseconds. */
const LOCAL_LATENCY: SimTime = 25;

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

/**
 * The segment of a parent interface that macvlan (or ipvlan) children share with the wire behind it. Children hear each other and
 * the wire; the parent itself and its children hear nothing of each other, as on Linux.
 */
export class MacvlanSegment implements Medium {
  readonly #parent: NetInterface;
  readonly #children = new Set<NetInterface>();

  constructor(parent: NetInterface) {
    this.#parent = parent;
    parent.upper = this;
  }

  get size(): number {
    return this.#children.size;
  }

  plug(child: NetInterface): void {
    child.medium = this;
    this.#children.add(child);
  }

  unplug(child: NetInterface): void {
    child.medium = undefined;
    this.#children.delete(child);
  }

  peerOf(): NetInterface {
    return this.#parent;
  }

  find(address: string, from: NetInterface, seen: Set<NetInterface>): SegmentPath | undefined {
    const near = this.#accept(address, from, seen);
    if (near) return { ...near, latency: near.latency + LOCAL_LATENCY };
    if (!this.#parent.up) return undefined;
    const path = this.#parent.medium?.find(address, this.#parent, seen);
    return path && { ...path, through: [this.#parent, ...path.through], latency: path.latency + LOCAL_LATENCY };
  }

  /** A frame from the wire for one of the children. */
  accept(address: string, seen: Set<NetInterface>): SegmentPath | undefined {
    return this.#accept(address, undefined, seen);
  }

  #accept(address: string, except: NetInterface | undefined, seen: Set<NetInterface>): SegmentPath | undefined {
    for (const child of this.#children) {
      const path = child === except ? undefined : child.accept(address, seen);
      if (path) return path;
    }
    return undefined;
  }
}
