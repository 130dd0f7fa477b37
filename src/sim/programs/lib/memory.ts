import { TOOL_MEMORY_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { setMemory } from '../../kernel/syscalls.ts';
import { Fatal } from './failure.ts';

/** What a tool takes before it has read anything, and how finely its growth is told to the kernel, bytes. */
const OWN_MEMORY = 1 << 20;
const STEP = 1 << 20;

/** As xalloc_die of gnulib says it. */
export const MEMORY_EXHAUSTED = 'memory exhausted';

/**
 * What a tool keeps of its input. The kernel is told as it grows, so that a cgroup's limit ends the process; beyond
 * TOOL_MEMORY_MAX the tool ends by itself.
 */
export class KeptMemory {
  #held = 0;
  #told = 0;

  *add(bytes: number): Sim<void> {
    this.#held += bytes;
    if (this.#held < this.#told + STEP) return;
    this.#told = this.#held;
    if (this.#held > TOOL_MEMORY_MAX) throw new Fatal(MEMORY_EXHAUSTED);
    yield* setMemory(OWN_MEMORY + this.#held);
  }
}
