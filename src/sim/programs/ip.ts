/** ip of iproute2, and busybox's: address, link, route, neigh; -o -4 -br. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { capable, write } from '../kernel/syscalls.ts';
import { currentStack } from '../net/current.ts';
import type { Cidr } from '../net/ip/address.ts';
import { formatIpv4, networkOf, parseCidr, parseIpv4 } from '../net/ip/address.ts';
import type { NetInterface } from '../net/link/interface.ts';
import { VethCable } from '../net/link/media.ts';
import type { NetStack } from '../net/stack.ts';

interface Style {
  readonly oneLine: boolean;
  readonly brief: boolean;
  readonly family: '4' | '6' | undefined;
  readonly busybox: boolean;
}

class Failure extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const OBJECTS = ['address', 'link', 'route', 'neighbour'] as const;

function* ip(argv: readonly string[], busybox: boolean): Sim<number> {
  const args = argv.slice(1);
  const style = { oneLine: false, brief: false, family: undefined as Style['family'], busybox };
  while (args[0]?.startsWith('-')) {
    const option = args.shift() as string;
    if (option === '-o' || option === '-oneline') style.oneLine = true;
    else if (option === '-4' || option === '-6') style.family = option[1] as '4' | '6';
    else if (option === '-br' || option === '-brief') style.brief = true;
    else if (option === '-V' || option === '-Version') {
      yield* write(1, 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n');
      return 0;
    } else if (!['-c', '-color', '-d', '-details', '-s', '-stats', '-statistics', '-h'].includes(option)) {
      yield* write(2, `Option "${option}" is unknown, try "ip -help".\n`);
      return 255;
    }
  }
  const word = args.shift();
  if (word === undefined || word === 'help') {
    yield* write(
      2,
      'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neighbour | route }\n       OPTIONS := { -4 | -6 | -o | -br }\n',
    );
    return 255;
  }
  const object = OBJECTS.find((name) => name.startsWith(word)) ?? (word === 'neighbor' ? 'neighbour' : undefined);
  if (!object) {
    yield* write(2, `Object "${word}" is unknown, try "ip help".\n`);
    return 1;
  }
  try {
    const stack = yield* currentStack();
    const verb =
      args[0] !== undefined && !['dev', 'up', 'show', 'list', 'sh', 'ls', 'l', 's'].includes(args[0]) && !stack.interface(args[0])
        ? args.shift()
        : undefined;
    const rest = args.filter((arg) => !['show', 'list', 'sh', 'ls', 'l', 's'].includes(arg));
    if (verb !== undefined && verb !== 'get' && !(yield* capable('CAP_NET_ADMIN'))) throw refused(object, verb, busybox);
    if (object === 'address') yield* address(stack, verb, rest, style);
    else if (object === 'link') yield* link(stack, verb, rest, style);
    else if (object === 'route') yield* route(stack, verb, rest);
    else yield* write(1, neighbours(stack));
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    yield* write(2, `${error.message}\n`);
    return error.status;
  }
}

/** BusyBox turns an interface on and off by ioctl (SIOCSIFFLAGS, 0x8914); all else goes by netlink. */
function refused(object: string, verb: string, busybox: boolean): Failure {
  if (busybox && object === 'link' && verb === 'set') return new Failure('ip: ioctl 0x8914 failed: Operation not permitted', 1);
  return new Failure(`${busybox ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted`, 2);
}

const after = (args: readonly string[], word: string) => (args.includes(word) ? args[args.indexOf(word) + 1] : undefined);

function device(stack: NetStack, name: string | undefined): NetInterface {
  const found = stack.interface(name ?? '');
  if (!found)
    throw new Failure(name === undefined ? 'Not enough information: "dev" argument is required.' : `Device "${name}" does not exist.`, 1);
  return found;
}

function chosen(stack: NetStack, args: readonly string[]): readonly NetInterface[] {
  const up = args.includes('up');
  const name = after(args, 'dev') ?? args.find((arg) => arg !== 'up' && arg !== 'dev');
  return (name === undefined ? stack.interfaces : [device(stack, name)]).filter((i) => !up || i.up);
}

// ---- link ----

function flags(i: NetInterface): string {
  const words = i.kind === 'loopback' ? ['LOOPBACK'] : [...(i.up && !i.carrier ? ['NO-CARRIER'] : []), 'BROADCAST', 'MULTICAST'];
  return [...words, ...(i.up ? ['UP'] : []), ...(i.up && i.carrier ? ['LOWER_UP'] : [])].join(',');
}

function state(i: NetInterface): string {
  if (i.kind === 'loopback' && i.up) return 'UNKNOWN';
  return i.up && i.carrier ? 'UP' : 'DOWN';
}

function peerSuffix(i: NetInterface): string {
  const peer = i.medium?.peerOf(i);
  if (!peer) return '';
  return peer.owner === i.owner ? `@${peer.name}` : `@if${peer.index}`;
}

function linkLines(i: NetInterface, style: Style): readonly string[] {
  const queue = i.kind === 'loopback' || i.kind === 'veth' || i.kind === 'bridge' ? 'noqueue' : 'fq_codel';
  const group = style.busybox ? '' : ' group default';
  const length = i.kind === 'veth' || i.kind === 'bridge' ? (style.busybox ? ' ' : '') : ` qlen 1000`;
  const peer = i.medium?.peerOf(i);
  const netns = peer && peer.owner !== i.owner ? ' link-netnsid 0' : '';
  const kind = i.kind === 'loopback' ? 'loopback' : 'ether';
  return [
    `${i.index}: ${i.name}${peerSuffix(i)}: <${flags(i)}> mtu ${i.mtu} qdisc ${i.up ? queue : 'noop'} ${i.master ? `master ${i.master.name} ` : ''}state ${state(i)}${group}${length}`,
    `    link/${kind} ${i.mac} brd ${i.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}${style.busybox ? '' : netns}`,
  ];
}

function* link(stack: NetStack, verb: string | undefined, args: readonly string[], style: Style): Sim<void> {
  if (verb === undefined) {
    const list = chosen(stack, args);
    if (style.brief)
      yield* write(1, list.map((i) => `${(i.name + peerSuffix(i)).padEnd(16)} ${state(i).padEnd(14)} ${i.mac} <${flags(i)}> \n`).join(''));
    else yield* write(1, list.map((i) => `${linkLines(i, style).join(style.oneLine ? '\\' : '\n')}\n`).join(''));
    return;
  }
  if (verb === 'set') {
    const i = device(stack, after(args, 'dev') ?? args[0]);
    if (args.includes('up')) stack.setUp(i, true);
    if (args.includes('down')) stack.setUp(i, false);
    const mtu = after(args, 'mtu');
    if (mtu !== undefined) i.mtu = Number(mtu);
    const mac = after(args, 'address');
    if (mac !== undefined) i.mac = mac;
    const name = after(args, 'name');
    if (name !== undefined) i.name = name;
    const master = after(args, 'master');
    if (master !== undefined) device(stack, master).enslave(i);
    if (args.includes('nomaster')) i.master?.release(i);
  } else if (verb === 'add') {
    const type = after(args, 'type');
    const name = after(args, 'name') ?? args[0];
    if (stack.interface(name)) throw new Failure('RTNETLINK answers: File exists', 2);
    if (type === 'bridge' || type === 'dummy') stack.addInterface(name, type);
    else if (type === 'veth')
      new VethCable(
        stack.addInterface(name, 'veth'),
        stack.addInterface(after(args.slice(args.indexOf('peer')), 'name') ?? `${name}p`, 'veth'),
      );
    else throw new Failure(`drydock: ip link add type ${type ?? ''} is not simulated`, 2);
  } else if (verb.startsWith('del')) {
    const i = device(stack, after(args, 'dev') ?? args[0]);
    const peer = i.medium?.peerOf(i);
    if (peer?.owner === stack) stack.removeInterface(peer);
    stack.removeInterface(i);
  } else {
    throw new Failure(`Command "${verb}" is unknown, try "ip link help".`, 255);
  }
}

// ---- address ----

function addressTexts(i: NetInterface, style: Style): readonly { readonly inet: string; readonly lifetime: string }[] {
  const out: { inet: string; lifetime: string }[] = [];
  const lifetime = '       valid_lft forever preferred_lft forever';
  if (style.family !== '6') {
    for (const a of i.addresses)
      out.push({
        inet: `inet ${a.address}/${a.bits}${a.broadcast === '' ? '' : ` brd ${a.broadcast}`} scope ${a.scope} ${a.label}`,
        lifetime,
      });
  }
  if (style.family !== '4' && i.kind === 'loopback' && i.up && i.ipv6)
    out.push({ inet: `inet6 ::1/128 scope host${style.busybox ? ' ' : ' noprefixroute '}`, lifetime });
  return out;
}

function* address(stack: NetStack, verb: string | undefined, args: readonly string[], style: Style): Sim<void> {
  if (verb === undefined) {
    const list = chosen(stack, args).filter((i) => style.family === undefined || addressTexts(i, style).length > 0);
    let out = '';
    for (const i of list) {
      const texts = addressTexts(i, style);
      if (style.brief)
        out += `${(i.name + peerSuffix(i)).padEnd(16)} ${state(i).padEnd(14)} ${texts.map((t) => `${t.inet.split(' ')[1]} `).join('')}\n`;
      else if (style.oneLine) out += texts.map((t) => `${i.index}: ${i.name}    ${t.inet}\\${t.lifetime}\n`).join('');
      else
        out += `${(style.family === undefined ? linkLines(i, style) : linkLines(i, style).slice(0, style.busybox ? 2 : 1)).join('\n')}\n${texts.map((t) => `    ${t.inet}\n${t.lifetime}\n`).join('')}`;
    }
    yield* write(1, out);
    return;
  }
  const i = device(stack, after(args, 'dev'));
  if (verb === 'flush') {
    for (const a of [...i.addresses]) stack.removeAddress(i, a.address);
    return;
  }
  const cidr = parseCidr(args[0]?.includes('/') ? args[0] : `${args[0]}/32`);
  if (!cidr) throw new Failure(`Error: any valid prefix is expected rather than "${args[0] ?? ''}".`, 1);
  const text = formatIpv4(cidr.base);
  if (verb === 'add') {
    if (i.hasAddress(text)) throw new Failure('RTNETLINK answers: File exists', 2);
    stack.addAddress(i, text, cidr.bits, { broadcast: args.includes('brd') });
  } else if (verb.startsWith('del')) {
    if (!stack.removeAddress(i, text)) throw new Failure('RTNETLINK answers: Cannot assign requested address', 2);
  } else {
    throw new Failure(`Command "${verb}" is unknown, try "ip address help".`, 255);
  }
}

// ---- route ----

function routeText(r: ReturnType<NetStack['routes']['list']>[number]): string {
  const target =
    r.destination.bits === 0
      ? 'default'
      : r.destination.bits === 32
        ? formatIpv4(r.destination.base)
        : `${formatIpv4(r.destination.base)}/${r.destination.bits}`;
  const parts = [
    target,
    ...(r.via ? [`via ${r.via}`] : []),
    `dev ${r.device.name}`,
    ...(r.protocol === 'boot' ? [] : [`proto ${r.protocol}`]),
    ...(r.scope === 'link' ? ['scope link'] : []),
    ...(r.source ? [`src ${r.source}`] : []),
  ];
  return `${parts.join(' ')} ${r.metric > 0 ? `metric ${r.metric} ` : ''}${r.device.carrier ? '' : 'linkdown '}\n`;
}

function* route(stack: NetStack, verb: string | undefined, args: readonly string[]): Sim<void> {
  if (verb === undefined) {
    const name = after(args, 'dev');
    yield* write(
      1,
      stack.routes
        .list()
        .filter((r) => name === undefined || r.device.name === name)
        .map(routeText)
        .join(''),
    );
    return;
  }
  if (verb === 'get') {
    const target = args[0] ?? '';
    if (parseIpv4(target) === null) throw new Failure(`Error: any valid prefix is expected rather than "${target}".`, 1);
    if (stack.isLocal(target)) {
      yield* write(1, `local ${target} dev lo src ${target} uid 0 \n    cache <local> \n`);
      return;
    }
    const found = stack.routes.lookup(parseIpv4(target) ?? 0);
    if (!found) throw new Failure('RTNETLINK answers: Network is unreachable', 2);
    yield* write(
      1,
      `${target} ${found.via ? `via ${found.via} ` : ''}dev ${found.device.name} src ${stack.sourceAddress(target)} uid 0 \n    cache \n`,
    );
    return;
  }
  const destination: Cidr | null =
    args[0] === 'default' ? { base: 0, bits: 0 } : parseCidr(args[0]?.includes('/') ? args[0] : `${args[0] ?? ''}/32`);
  if (!destination) throw new Failure(`Error: any valid prefix is expected rather than "${args[0] ?? ''}".`, 1);
  const net = networkOf(destination);
  const via = after(args, 'via');
  if (verb === 'add' || verb === 'replace') {
    if (verb === 'replace') stack.routes.remove((r) => r.destination.base === net.base && r.destination.bits === net.bits);
    if (stack.routes.has(net)) throw new Failure('RTNETLINK answers: File exists', 2);
    const direct = via === undefined ? undefined : stack.routes.lookup(parseIpv4(via) ?? 0);
    const name = after(args, 'dev') ?? direct?.device.name;
    if (name === undefined) throw new Failure('RTNETLINK answers: Network is unreachable', 2);
    stack.routes.add({
      destination: net,
      via,
      device: device(stack, name),
      protocol: 'boot',
      scope: via ? 'global' : 'link',
      source: after(args, 'src'),
      metric: Number(after(args, 'metric') ?? 0),
    });
  } else if (verb.startsWith('del')) {
    if (
      !stack.routes.remove(
        (r) => r.destination.base === net.base && r.destination.bits === net.bits && (via === undefined || r.via === via),
      )
    )
      throw new Failure('RTNETLINK answers: No such process', 2);
  } else {
    throw new Failure(`Command "${verb}" is unknown, try "ip route help".`, 255);
  }
}

function neighbours(stack: NetStack): string {
  return [...stack.neighbours.values()]
    .map((n) => `${n.address} dev ${n.device.name} ${n.mac === '' ? '' : `lladdr ${n.mac} `}${n.state} \n`)
    .join('');
}

/** `busybox ip`. */
export function busyboxIp(argv: readonly string[]): Sim<number> {
  return ip(argv, true);
}

export const program: Program = { name: 'ip', main: (argv) => ip(argv, false) };
