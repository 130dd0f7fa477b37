import { caller } from '../kernel/calls/context.ts';
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { NetStack } from './stack.ts';

/** The stack of the network namespace that the caller lives in: what `ip`, `ss` and `ifconfig` talk to by netlink. */
export function* currentStack(): Sim<NetStack> {
  const stack = (yield* caller()).namespaces.net.stack;
  if (stack instanceof NetStack) return stack;
  throw new Errno('ENETDOWN');
}
