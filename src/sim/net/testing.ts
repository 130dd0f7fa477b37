/** A machine on a network, for tests: 10.0.0.11, with a router and resolver at 10.0.0.1 and the internet behind it. */

import type { TestMachine, TestMachineOptions } from '../kernel/testing.ts';
import { testMachine } from '../kernel/testing.ts';
import { Internet } from './internet.ts';
import { NetWorld } from './network.ts';
import { NetStack } from './stack.ts';

export interface TestNet {
  readonly machine: TestMachine;
  readonly stack: NetStack;
  readonly world: NetWorld;
  readonly internet: Internet;
}

export function networkedMachine(options: TestMachineOptions = {}): TestNet {
  const machine = testMachine({
    ...options,
    files: {
      '/etc/hosts': '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n10.0.0.11\tnode1\n',
      '/etc/resolv.conf': 'nameserver 10.0.0.1\n',
      ...options.files,
    },
  });
  const world = new NetWorld(machine.scheduler);
  const stack = new NetStack(world, options.hostname ?? 'node1');
  machine.kernel.namespaces.net.stack = stack;
  const internet = new Internet(world, '10.0.0.1/24');
  internet.attachMachine(stack, '10.0.0.11', 24);
  return { machine, stack, world, internet };
}
