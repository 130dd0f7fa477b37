/** route(8): shows, adds and removes routes. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { capable, write } from '../kernel/syscalls.ts';
import { currentStack } from '../net/current.ts';
import { networkOf, parseCidr, parseIpv4 } from '../net/ip/address.ts';
import { routeTable } from './network/routeTable.ts';

export function* route(argv: readonly string[]): Sim<number> {
  const args = argv.slice(1).filter((arg) => !/^-[nevA46]+$/.test(arg));
  const stack = yield* currentStack();
  if (args.length === 0) {
    yield* write(1, routeTable(stack, false));
    return 0;
  }
  const [verb, ...rest] = args;
  if (verb !== 'add' && verb !== 'del') {
    yield* write(2, 'Usage: route [-n] [{add|del} [-net|-host] TARGET [netmask MASK] [gw ADDRESS] [dev DEVICE]]\n');
    return 1;
  }
  if (!(yield* capable('CAP_NET_ADMIN'))) {
    yield* write(2, `SIOC${verb === 'add' ? 'ADD' : 'DEL'}RT: Operation not permitted\n`);
    return 7;
  }
  const value = (name: string) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
  const target = rest.find((word) => word !== '-net' && word !== '-host') ?? '';
  const mask = value('netmask');
  const bits = mask === undefined ? 32 : (parseIpv4(mask) ?? 0).toString(2).replaceAll('0', '').length;
  const destination = target === 'default' ? { base: 0, bits: 0 } : (parseCidr(target) ?? parseCidr(`${target}/${bits}`));
  const via = value('gw');
  const name = value('dev') ?? rest.at(-1);
  const device = stack.interface(name ?? '') ?? stack.interfaces.find((i) => via !== undefined && i.up && i.kind !== 'loopback');
  if (!destination || (verb === 'add' && !device)) {
    yield* write(2, `SIOCADDRT: No such device\n`);
    return 7;
  }
  const net = networkOf(destination);
  if (verb === 'add' && device) {
    stack.routes.add({ destination: net, via, device, protocol: 'boot', scope: via ? 'global' : 'link', source: undefined, metric: 0 });
    return 0;
  }
  const gone = stack.routes.remove(
    (r) => r.destination.base === net.base && r.destination.bits === net.bits && (via === undefined || r.via === via),
  );
  if (!gone) yield* write(2, 'SIOCDELRT: No such process\n');
  return gone ? 0 : 7;
}

export const program: Program = { name: 'route', main: route };
