/** How the programs of diffutils complain of their use. */
import type { Sim } from '../../../kernel/sim.ts';
import { write } from '../../../kernel/syscalls.ts';
import { Done, UsageError } from '../failure.ts';
import type { Tool } from '../tool.ts';

/** Ends the program with a complaint and a hint at --help. */
export function* hint(t: Tool, message: string): Sim<never> {
  if (t.busybox) throw new UsageError(message);
  yield* t.out.flush();
  yield* write(2, `${t.name}: ${message}\n${t.name}: Try '${t.name} --help' for more information.\n`);
  throw new Done(2);
}
