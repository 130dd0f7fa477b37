/** When execs are forgotten: their status can be asked for after their end, but not for ever. */
import { MINUTE } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { sleep } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { ExecRecord } from '../records.ts';
import type { ContainerServices } from './services.ts';

/** execCommandGC of moby's daemon/exec.go: an exec that one look finds ended goes with the next. */
const LOOK_EVERY = 5 * MINUTE;

const cause: Cause = { kind: 'timer', id: 0, text: 'execs that have ended' };

/** Looks for as long as the daemon runs. */
export function* collectExecs(d: ContainerServices): Sim<never> {
  for (;;) {
    yield* sleep(LOOK_EVERY);
    const execs = d.records.all('execs');
    const seen = execs.filter((exec) => exec.canRemove);
    const ended = execs.filter((exec) => !exec.canRemove && exec.exitCode !== undefined && !exec.running);
    if (ended.length > 0)
      d.records.commit(cause, (tx) => {
        for (const exec of ended) tx.update('execs', exec.id, { canRemove: true });
      });
    forgetExecs(d, seen, cause);
  }
}

export function forgetExecs(d: ContainerServices, execs: readonly ExecRecord[], why: Cause): void {
  if (execs.length === 0) return;
  d.records.commit(why, (tx) => {
    for (const exec of execs) tx.remove('execs', exec.id);
  });
  for (const exec of execs) d.live.forgetExec(exec.id);
}
