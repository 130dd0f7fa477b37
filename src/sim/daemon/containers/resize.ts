/** Terminal sizes of containers and execs. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { invalid } from '../errors.ts';
import { findContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { findExec } from './execStart.ts';
import type { ContainerServices } from './services.ts';
import { isRunning, notRunning } from './state.ts';

const cause: Cause = { kind: 'api', id: 0, text: 'resize' };

export function* resize(d: ContainerServices, name: string, rows: number, columns: number): Sim<void> {
  const c = findContainer(d.records, name);
  const task = d.live.container(c.id).task;
  if (!isRunning(c) || !task) throw notRunning(c.id);
  yield* task.resize({ rows, columns });
  logContainerEvent(d, cause, c, 'resize', { height: String(rows), width: String(columns) });
}

export function* execResize(d: ContainerServices, id: string, rows: number, columns: number): Sim<void> {
  const exec = findExec(d, id);
  const process = d.live.exec(exec.id).process;
  if (!exec.started || !process) throw invalid('exec process is not started');
  yield* process.resize({ rows, columns });
}
