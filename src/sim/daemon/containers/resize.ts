/** Terminal sizes of containers and execs. */
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { invalid } from '../errors.ts';
import { findContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { findExec } from './execStart.ts';
import type { ContainerServices } from './services.ts';
import { isRunning, notRunning } from './state.ts';

const cause: Cause = { kind: 'api', id: 0, text: 'resize' };

/** How long a resize waits for an exec to have started (moby: hardcoded), microseconds. */
const STARTED_WAIT = 10_000_000;

export function* resize(d: ContainerServices, name: string, rows: number, columns: number): Sim<void> {
  const c = findContainer(d.records, name);
  const task = d.live.container(c.id).task;
  if (!isRunning(c) || !task) throw notRunning(c.id);
  yield* task.resize({ rows, columns });
  logContainerEvent(d, cause, c, 'resize', { height: String(rows), width: String(columns) });
}

export function* execResize(d: ContainerServices, id: string, rows: number, columns: number): Sim<void> {
  const exec = findExec(d, id);
  const live = d.live.exec(exec.id);
  const deadline = (yield* now()) + STARTED_WAIT;
  while (!live.process) {
    // It could not be started.
    if (d.records.get('execs', exec.id)?.exitCode !== undefined) throw invalid('exec process is not started');
    const left = deadline - (yield* now());
    if (left <= 0 || !(yield* waitOn(live.changed, left))) throw new Error('timeout waiting for exec session ready');
  }
  yield* live.process.resize({ rows, columns });
}
