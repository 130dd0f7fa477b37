/**
 * The world outside the machines: a router that is also the resolver of their network, and hosts behind it that are known by name.
 */
import type { DnsMessage, DnsRecord, ResponseCode } from './dns/message.ts';
import { answerMessage, decodeDns, encodeDns, reverseName } from './dns/message.ts';
import { parseCidr } from './ip/address.ts';
import { Switch } from './link/media.ts';
import type { NetWorld } from './network.ts';
import { NetStack } from './stack.ts';

/** One way through the internet, in microseconds: a round trip is 20 ms. */
const INTERNET_LATENCY = 10_000;
/** Bytes per second of the line to the internet (100 Mbit/s). */
const INTERNET_BANDWIDTH = 12_500_000;
/** Gigabit Ethernet between the machines. */
const LAN = { latency: 100, bandwidth: 125_000_000 };

/** The network of the machines with its way out. */
export class Internet {
  readonly world: NetWorld;
  /** Plug machines in here. */
  readonly lan = new Switch(LAN);
  readonly backbone = new Switch({ latency: INTERNET_LATENCY, bandwidth: INTERNET_BANDWIDTH });
  readonly router: NetStack;
  readonly #records = new Map<string, DnsRecord[]>();
  readonly #reverse = new Map<string, string>();

  /** `gateway` with its network: '192.168.56.1/24'. The router answers DNS questions at this address. */
  constructor(world: NetWorld, gateway: string) {
    this.world = world;
    const parsed = parseCidr(gateway);
    if (!parsed) throw new Error(`not an address with a network: ${gateway}`);
    this.router = new NetStack(world, 'router');
    this.router.forwarding = true;
    const inside = this.router.addInterface('eth0', 'device');
    const outside = this.router.addInterface('eth1', 'device');
    this.lan.plug(inside);
    this.backbone.plug(outside);
    this.router.addAddress(inside, gateway.split('/')[0], parsed.bits);
    this.router.addAddress(outside, ROUTER_OUTSIDE, 8);
    for (const device of this.router.interfaces) this.router.setUp(device, true);
    this.router.routes.add({
      destination: { base: 0, bits: 0 },
      via: undefined,
      device: outside,
      protocol: 'static',
      scope: 'link',
      source: undefined,
      metric: 0,
    });
    this.router.nat.masquerade.push({ source: parsed, bridge: inside });
    this.serveNames(this.router);
  }

  /** Makes a host a resolver that knows all names. */
  serveNames(stack: NetStack): void {
    stack.serveUdp('', 53, (data, _from, reply) => {
      const query = decodeDns(data);
      if (query) reply(encodeDns(this.answer(query)));
    });
  }

  /** A machine on the internet: gets its stack an interface with these addresses. */
  attachHost(stack: NetStack, addresses: readonly string[]): void {
    const device = stack.addInterface('eth0', 'device');
    this.backbone.plug(device);
    for (const address of addresses) stack.addAddress(device, address, 32);
    const lo = stack.interface('lo');
    if (lo) stack.setUp(lo, true);
    stack.setUp(device, true);
    stack.routes.add({
      destination: { base: 0, bits: 0 },
      via: undefined,
      device,
      protocol: 'static',
      scope: 'link',
      source: addresses[0],
      metric: 0,
    });
  }

  /** Plugs a machine into the LAN: 'eth0' with this address, the default route by the router. */
  attachMachine(stack: NetStack, address: string, bits: number, mac?: string): void {
    const device = stack.addInterface('eth0', 'device', mac);
    this.lan.plug(device);
    const lo = stack.interface('lo');
    if (lo) stack.setUp(lo, true);
    stack.addAddress(device, address, bits);
    stack.setUp(device, true);
    stack.addDefaultRoute(this.gateway, device);
  }

  get gateway(): string {
    return this.router.interface('eth0')?.addresses[0].address ?? '';
  }

  /** Makes a name known to the resolver. */
  addRecord(record: DnsRecord): void {
    const name = record.name.toLowerCase();
    const list = this.#records.get(name);
    if (list) list.push(record);
    else this.#records.set(name, [record]);
    if (record.type === 'A' && !this.#reverse.has(record.data)) this.#reverse.set(record.data, record.name);
  }

  addHost(name: string, ...addresses: readonly string[]): void {
    for (const data of addresses) this.addRecord({ name, type: 'A', ttl: 300, data });
  }

  /** What the resolver says, following aliases. */
  answer(query: DnsMessage): DnsMessage {
    const question = query.question;
    if (!question) return answerMessage(query, 'FORMERR', []);
    const reverse = question.type === 'PTR' ? reverseName(question.name) : null;
    if (reverse !== null) {
      const name = this.#reverse.get(reverse);
      return answerMessage(query, name ? 'NOERROR' : 'NXDOMAIN', name ? [{ name: question.name, type: 'PTR', ttl: 300, data: name }] : []);
    }
    const answers: DnsRecord[] = [];
    let name = question.name.toLowerCase().replace(/\.$/, '');
    let code: ResponseCode = 'NXDOMAIN';
    for (let step = 0; step < 8; step++) {
      const records = this.#records.get(name);
      if (!records) break;
      code = 'NOERROR';
      answers.push(...records.filter((r) => r.type === question.type || question.type === 'ANY'));
      const alias = records.find((r) => r.type === 'CNAME');
      if (!alias || question.type === 'CNAME' || question.type === 'ANY') break;
      answers.push(alias);
      name = alias.data.toLowerCase();
    }
    return answerMessage(query, code, answers);
  }
}

const ROUTER_OUTSIDE = '100.64.0.2';
