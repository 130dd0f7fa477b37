/** arp of net-tools: the neighbours that this machine has talked to. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import { currentStack } from '../net/current.ts';

export function* arp(argv: readonly string[]): Sim<number> {
  const flags = argv
    .slice(1)
    .filter((arg) => arg.startsWith('-'))
    .join('');
  const wanted = argv.slice(1).find((arg) => !arg.startsWith('-'));
  const rows = [...(yield* currentStack()).neighbours.values()].filter((n) => wanted === undefined || n.address === wanted);
  if (wanted !== undefined && rows.length === 0) {
    yield* write(1, `${wanted} (${wanted}) -- no entry\n`);
    return 1;
  }
  if (flags.includes('a')) {
    yield* write(
      1,
      rows.map((n) => `? (${n.address}) at ${n.mac === '' ? '<incomplete>' : `${n.mac} [ether]`}  on ${n.device.name}\n`).join(''),
    );
    return 0;
  }
  if (rows.length === 0) return 0;
  yield* write(1, 'Address                  HWtype  HWaddress           Flags Mask            Iface\n');
  yield* write(
    1,
    rows
      .map((n) =>
        n.mac === ''
          ? `${n.address.padEnd(24)}         (incomplete)                              ${n.device.name}\n`
          : `${n.address.padEnd(24)} ether   ${n.mac}   C                     ${n.device.name}\n`,
      )
      .join(''),
  );
  return 0;
}

export const program: Program = { name: 'arp', main: arp };
