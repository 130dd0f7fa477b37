import type { SocketDomain, SocketType } from '../kernel/abi.ts';
import { Errno } from '../kernel/errno.ts';
import type { InetSocket, InetStack } from '../kernel/inet.ts';
import { ForwardFilter } from './filter/forward.ts';
import { NatTable, rewrite } from './filter/nat.ts';
import { broadcastOf, formatIpv4, isIpv4, isLoopback, networkOf, parseIpv4 } from './ip/address.ts';
import type { Neighbour } from './ip/neighbour.ts';
import type { Route } from './ip/routes.ts';
import { RouteTable } from './ip/routes.ts';
import type { InterfaceOwner, LinkKind, SegmentPath } from './link/interface.ts';
import { NetInterface } from './link/interface.ts';
import type { NetWorld } from './network.ts';
import type { IcmpType, Packet } from './packet.ts';
import { isIcmpError, packetSize, portsOf } from './packet.ts';
import { interfaceAttributes, procNetFiles } from './procNet.ts';
import type { HopAction } from './trace.ts';
import { IcmpSocket } from './transport/icmpSocket.ts';
import { type IpLayer, SocketTable } from './transport/sockets.ts';
import { TcpSocket } from './transport/tcp.ts';
import { UdpSocket } from './transport/udp.ts';

/** How long the kernel looks for a neighbour before it says EHOSTUNREACH: three probes, a second apart. */
const NEIGHBOUR_TIMEOUT = 3_000_000;
const LOOPBACK_LATENCY = 10;

/** Answers datagrams inside the kernel, as it were. */
export type UdpService = (data: Uint8Array, from: { address: string; port: number }, reply: (data: Uint8Array) => void) => void;

/** The network stack of one network namespace. */
export class NetStack implements InetStack, InterfaceOwner, IpLayer {
  readonly world: NetWorld;
  label: string;
  readonly routes = new RouteTable();
  readonly nat = new NatTable();
  readonly filter = new ForwardFilter();
  readonly sockets: SocketTable;
  readonly neighbours = new Map<string, Neighbour>();
  /** net.ipv4.ip_forward */
  forwarding = false;
  closed = false;
  readonly #interfaces: NetInterface[] = [];
  readonly #services = new Map<string, UdpService>();
  #nextIndex = 1;
  #busyUntil = 0;

  constructor(world: NetWorld, label: string) {
    this.world = world;
    this.label = label;
    this.sockets = new SocketTable(this);
    const lo = this.addInterface('lo', 'loopback', '00:00:00:00:00:00');
    lo.mtu = 65536;
    lo.ipv6 = true;
  }

  // ---- interfaces ----

  get interfaces(): readonly NetInterface[] {
    return this.#interfaces;
  }

  interface(name: string): NetInterface | undefined {
    return this.#interfaces.find((i) => i.name === name);
  }

  addInterface(name: string, kind: LinkKind, mac = this.world.randomMac()): NetInterface {
    const made = new NetInterface({ name, index: this.#nextIndex++, kind, mac });
    made.owner = this;
    this.#interfaces.push(made);
    return made;
  }

  /** Takes an interface out of this stack, with its addresses and routes. */
  removeInterface(device: NetInterface): void {
    const at = this.#interfaces.indexOf(device);
    if (at < 0) return;
    this.#interfaces.splice(at, 1);
    this.routes.removeDevice(device);
    device.master?.release(device);
    for (const port of [...device.ports]) device.release(port);
    device.addresses.length = 0;
    device.up = false;
    device.owner = undefined;
    for (const [address, neighbour] of this.neighbours) if (neighbour.device === device) this.neighbours.delete(address);
  }

  setUp(device: NetInterface, up: boolean): void {
    device.up = up;
    if (!up) {
      while (this.routes.remove((route) => route.device === device));
      return;
    }
    if (device.kind === 'loopback' && device.addresses.length === 0) this.addAddress(device, '127.0.0.1', 8, { scope: 'host' });
    for (const a of device.addresses) this.#connectRoute(device, a.address, a.bits);
  }

  addAddress(
    device: NetInterface,
    address: string,
    bits: number,
    options: { scope?: 'global' | 'host' | 'link'; broadcast?: boolean } = {},
  ): void {
    const value = parseIpv4(address);
    const broadcast =
      value !== null && options.broadcast !== false && bits < 31 && device.kind !== 'loopback'
        ? formatIpv4(broadcastOf({ base: value, bits }))
        : '';
    device.addresses.push({ address, bits, broadcast, scope: options.scope ?? 'global', label: device.name });
    if (device.up) this.#connectRoute(device, address, bits);
  }

  removeAddress(device: NetInterface, address: string): boolean {
    const at = device.addresses.findIndex((a) => a.address === address);
    if (at < 0) return false;
    device.addresses.splice(at, 1);
    while (this.routes.remove((route) => route.device === device && route.source === address));
    return true;
  }

  #connectRoute(device: NetInterface, address: string, bits: number): void {
    const value = parseIpv4(address);
    if (value === null || device.kind === 'loopback' || bits === 32) return;
    const destination = networkOf({ base: value, bits });
    if (this.routes.list().some((r) => r.device === device && r.destination.base === destination.base && r.destination.bits === bits))
      return;
    this.routes.add({ destination, via: undefined, device, protocol: 'kernel', scope: 'link', source: address, metric: 0 });
  }

  addDefaultRoute(via: string, device: NetInterface): void {
    this.routes.add({ destination: { base: 0, bits: 0 }, via, device, protocol: 'boot', scope: 'global', source: undefined, metric: 0 });
  }

  isLocal = (address: string): boolean => {
    if (address.startsWith('127.') || address === '::1') return true;
    return this.#interfaces.some((i) => i.hasAddress(address));
  };

  /** Some interface's broadcast address, or 255.255.255.255. */
  isBroadcast(address: string): boolean {
    return address === '255.255.255.255' || this.#interfaces.some((i) => i.addresses.some((a) => a.broadcast === address));
  }

  // ---- sockets ----

  socket(domain: SocketDomain, type: SocketType, protocol: string | undefined): InetSocket {
    if (domain !== 'inet' && domain !== 'inet6') throw new Errno('EAFNOSUPPORT');
    if (type === 'stream') return new TcpSocket(this, domain);
    if (protocol === 'icmp') return new IcmpSocket(this, type);
    if (type === 'dgram') return new UdpSocket(this, domain);
    throw new Errno('EPROTONOSUPPORT');
  }

  /** Answers datagrams to a port without a process: docker's embedded DNS, a router's resolver. `address` '' is any. */
  serveUdp(address: string, port: number, service: UdpService): void {
    this.#services.set(`${address}:${port}`, service);
  }

  stopUdp(address: string, port: number): void {
    this.#services.delete(`${address}:${port}`);
  }

  files(): Readonly<Record<string, () => string>> {
    return procNetFiles(this);
  }

  links(): ReadonlyMap<string, Readonly<Record<string, string>>> {
    return new Map(this.#interfaces.map((device) => [device.name, interfaceAttributes(device)]));
  }

  /** Sends one datagram and hands the first answer to `answer` (undefined after `timeout`): for forwarding resolvers without a process. */
  exchangeUdp(
    to: { address: string; port: number },
    data: Uint8Array,
    timeout: number,
    answer: (data: Uint8Array | undefined) => void,
  ): void {
    let port = 61_000 + this.world.scheduler.rng.below(4000);
    while (this.#services.has(`:${port}`)) port++;
    const done = (reply: Uint8Array | undefined) => {
      timer.cancelled = true;
      this.stopUdp('', port);
      answer(reply);
    };
    const timer = this.world.scheduler.after(timeout, () => done(undefined));
    this.serveUdp('', port, (reply) => done(reply));
    try {
      this.send({
        proto: 'udp',
        src: this.sourceAddress(to.address),
        dst: to.address,
        sport: port,
        dport: to.port,
        ttl: 64,
        id: this.world.nextPacketId(),
        data,
      });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      done(undefined);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.sockets.closeAll();
    for (const device of [...this.#interfaces]) this.removeInterface(device);
  }

  // ---- routes out ----

  /** The address that a packet to `destination` would carry, or the errno that connect(2) gives. */
  sourceAddress(destination: string): string {
    if (isLoopback(destination)) {
      if (!this.interface('lo')?.up) throw new Errno('ENETUNREACH');
      return destination === '::1' ? '::1' : '127.0.0.1';
    }
    if (!isIpv4(destination)) throw new Errno('ENETUNREACH');
    if (this.isLocal(destination)) return destination;
    const route = this.#route(destination);
    if (!route) throw new Errno('ENETUNREACH');
    const source = route.source ?? route.device.sourceFor(route.via ?? destination);
    if (!source) throw new Errno('ENETUNREACH');
    return source;
  }

  #route(destination: string): Route | undefined {
    const value = parseIpv4(destination);
    return value === null ? undefined : this.routes.lookup(value);
  }

  // ---- packets ----

  hop(packet: Packet, device: NetInterface | undefined, action: HopAction, detail = ''): void {
    if (!this.world.tracer.active) return;
    this.world.tracer.emit({ at: this.world.scheduler.now, packet, where: this.label, device: device?.name ?? '', action, detail });
  }

  /** A packet that a socket of this stack sends. */
  send(original: Packet): void {
    if (this.closed) return;
    let packet = original;
    if (!this.nat.idle) {
      const known = this.nat.known(packet);
      if (known) {
        packet = known;
      } else {
        const to = this.nat.destination(packet, undefined, this.isLocal);
        if (to) {
          packet = rewrite(packet, { src: packet.src, dst: to.address, sport: portsOf(packet)[0], dport: to.port });
          this.hop(packet, undefined, 'dnat', `${original.dst}:${portsOf(original)[1]}`);
        }
      }
    }
    this.hop(packet, undefined, 'send');
    this.#output(packet, original, undefined);
  }

  /** A packet that came in at an interface. */
  receive(incoming: Packet, from: NetInterface): void {
    if (this.closed) return;
    this.hop(incoming, from, 'receive');
    let packet = incoming;
    let established = false;
    if (!this.nat.idle) {
      if (isIcmpError(packet) && packet.about) {
        const back = this.nat.errorBack(packet as Packet & { about: Packet });
        if (back) packet = back;
      }
      const known = this.nat.known(packet);
      if (known) {
        packet = known;
        established = true;
      } else {
        const to = this.nat.destination(packet, from, this.isLocal);
        if (to) {
          packet = rewrite(packet, { src: packet.src, dst: to.address, sport: portsOf(packet)[0], dport: to.port });
          this.hop(packet, from, 'dnat', `${incoming.dst}:${portsOf(incoming)[1]}`);
        }
      }
    }
    if (this.isLocal(packet.dst) || this.isBroadcast(packet.dst)) {
      this.#deliver(packet, from);
      return;
    }
    if (!this.forwarding) {
      this.hop(packet, from, 'drop', 'net.ipv4.ip_forward=0');
      return;
    }
    if (packet.ttl <= 1) {
      this.hop(packet, from, 'ttlExpired');
      this.icmpError(packet, 'timeExceeded', from);
      return;
    }
    this.#output({ ...packet, ttl: packet.ttl - 1 }, incoming, from, established);
  }

  #output(outgoing: Packet, original: Packet, from: NetInterface | undefined, established = false): void {
    let packet = outgoing;
    if (this.isLocal(packet.dst) || (from === undefined && this.isBroadcast(packet.dst))) {
      if (packet !== original && !this.nat.idle) packet = this.nat.track(packet, original);
      const lo = this.interface('lo');
      if (lo) countPass(lo, lo, packet);
      this.world.scheduler.after(LOOPBACK_LATENCY, () => {
        if (!this.closed) this.#deliver(packet, lo);
      });
      return;
    }
    const route = this.#route(packet.dst);
    if (!route) {
      this.hop(packet, from, 'noRoute');
      if (from) this.icmpError(packet, 'netUnreachable', from);
      return;
    }
    if (from) {
      const answers = established || (packet.proto === 'tcp' && !packet.flags.syn) || (packet.proto === 'tcp' && packet.flags.ack === true);
      const drop = this.filter.verdict(packet, from, route.device, answers);
      if (drop) {
        this.hop(packet, route.device, 'drop', drop);
        return;
      }
    }
    if (!established && !this.nat.idle && this.nat.known(original) === undefined) {
      if (from !== undefined && !isIcmpError(packet) && this.nat.masquerades(packet.src, route.device)) {
        const source = route.device.sourceFor(route.via ?? packet.dst);
        if (source) {
          packet = { ...packet, src: source };
          this.hop(packet, route.device, 'snat', `MASQUERADE ${original.src}`);
        }
      }
      packet = this.nat.track(packet, original);
    }
    if (from) this.hop(packet, route.device, 'forward');
    this.#emit(packet, route.device, route.via ?? packet.dst, from);
  }

  /** Puts a packet on the segment of `device`, to the neighbour `nextHop`. */
  #emit(packet: Packet, device: NetInterface, nextHop: string, from: NetInterface | undefined): void {
    const path = device.find(nextHop);
    if (!path) {
      this.neighbours.set(nextHop, { address: nextHop, mac: '', device, state: 'FAILED' });
      this.hop(packet, device, 'noNeighbour', nextHop);
      this.world.scheduler.after(NEIGHBOUR_TIMEOUT, () => {
        if (!this.closed) this.icmpError(packet, 'hostUnreachable', from);
      });
      return;
    }
    this.neighbours.set(nextHop, { address: nextHop, mac: path.target.mac, device, state: 'REACHABLE' });
    const { target } = path;
    countPass(device, target, packet);
    for (const port of path.through) countPass(port, port, packet);
    this.world.scheduler.at(this.#arrival(packet, path), () => target.owner?.receive(packet, target));
  }

  /** When the packet is there: a slow link takes one packet after the other. */
  #arrival(packet: Packet, path: SegmentPath): number {
    const now = this.world.scheduler.now;
    if (!Number.isFinite(path.bandwidth)) return now + Math.max(1, path.latency);
    const begin = Math.max(now, this.#busyUntil);
    this.#busyUntil = begin + Math.ceil((packetSize(packet) * 1_000_000) / path.bandwidth);
    return this.#busyUntil + path.latency;
  }

  #deliver(packet: Packet, from: NetInterface | undefined): void {
    this.hop(packet, from, 'deliver');
    if (packet.proto === 'udp') {
      const service = this.#services.get(`${packet.dst}:${packet.dport}`) ?? this.#services.get(`:${packet.dport}`);
      if (service) {
        const { src, dst, sport, dport } = packet;
        service(packet.data, { address: src, port: sport }, (data) =>
          this.send({ proto: 'udp', src: dst, dst: src, sport: dport, dport: sport, ttl: 64, id: this.world.nextPacketId(), data }),
        );
        return;
      }
    }
    if (packet.proto === 'icmp' && packet.type === 'echo') {
      this.sockets.deliver(packet);
      this.send({ ...packet, src: packet.dst, dst: packet.src, ttl: 64, id: this.world.nextPacketId(), type: 'echoReply' });
      return;
    }
    if (!this.sockets.deliver(packet)) {
      this.hop(packet, from, 'refused');
      if (packet.proto === 'udp' && !this.isBroadcast(packet.dst)) this.icmpError(packet, 'portUnreachable', from);
    }
  }

  /** Tells the sender of a packet what became of it. `at`: the interface it came in at; undefined if it is our own. */
  icmpError(about: Packet, type: IcmpType, at: NetInterface | undefined): void {
    if (isIcmpError(about)) return;
    // One that was for this machine is answered from the address it was sent to, one that passes through from the way in.
    const own = at === undefined || at.kind === 'loopback' || this.isLocal(about.dst);
    const src = at === undefined ? about.src : own ? about.dst : (at.sourceFor(about.src) ?? about.dst);
    const error: Packet = {
      proto: 'icmp',
      type,
      src,
      dst: about.src,
      ttl: 64,
      id: this.world.nextPacketId(),
      ident: 0,
      sequence: 0,
      data: about.data.subarray(0, 28),
      about,
    };
    if (this.isLocal(about.src)) {
      this.sockets.deliver(error);
      return;
    }
    const back = this.nat.idle ? undefined : this.nat.errorBack(error as Packet & { about: Packet });
    this.send(back ?? error);
  }
}

function countPass(out: NetInterface, into: NetInterface, packet: Packet): void {
  const bytes = packetSize(packet);
  out.counters.txBytes += bytes;
  out.counters.txPackets++;
  into.counters.rxBytes += bytes;
  into.counters.rxPackets++;
}
