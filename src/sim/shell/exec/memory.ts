import { SHELL_MEMORY_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { setMemory } from '../../kernel/syscalls.ts';
import { outOfMemory } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';

/** What a shell takes without its variables, bytes. */
export const OWN_MEMORY: Readonly<Record<Shell['dialect'], number>> = { bash: 3_600_000, dash: 900_000, ash: 900_000 };

/** Tells the kernel what the shell's process holds: its variables and `more` bytes. A cgroup's limit may end it here. */
export function* tellMemory(sh: Shell, more = 0): Sim<void> {
  const held = sh.vars.measure() + more;
  if (held > SHELL_MEMORY_MAX) throw outOfMemory(held);
  yield* setMemory(OWN_MEMORY[sh.dialect] + held);
}
