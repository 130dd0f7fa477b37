/** `docker rm`, `--rm` and prune. */
import type { RemoveOptions } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import { removeTree, statOrNull } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict, DaemonError, isDaemonError, system } from '../errors.ts';
import { findContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { holding } from './hold.ts';
import { killAndWait } from './kill.ts';
import type { ContainerServices } from './services.ts';
import { isRunning } from './state.ts';

export function* remove(d: ContainerServices, name: string, options: RemoveOptions, cause: Cause): Sim<void> {
  const c = findContainer(d.records, name);
  const live = d.live.container(c.id);
  if (live.removing) throw conflict(`removal of container ${name} is already in progress`);
  if (options.link) throw system('Conflict, cannot remove the default link name of the container');
  live.removing = true;
  try {
    yield* cleanUp(d, c.id, options, cause);
  } catch (error) {
    if (!isDaemonError(error)) throw error;
    throw new DaemonError(error.kind, `cannot remove container ${JSON.stringify(name)}: ${error.message}`);
  } finally {
    live.removing = false;
  }
}

/** For --rm: with its anonymous volumes, and without complaint if someone else is at it. */
export function* removeQuietly(d: ContainerServices, id: string, cause: Cause): Sim<void> {
  const live = d.live.container(id);
  if (live.removing || !d.records.get('containers', id)) return;
  live.removing = true;
  try {
    yield* cleanUp(d, id, { force: true, volumes: true, link: false }, cause);
  } finally {
    live.removing = false;
  }
}

function* cleanUp(d: ContainerServices, id: string, options: RemoveOptions, cause: Cause): Sim<void> {
  yield* killFirst(d, id, options, cause);
  yield* holding(d.live.container(id), () => destroy(d, id, options, cause));
}

function* killFirst(d: ContainerServices, id: string, options: RemoveOptions, cause: Cause): Sim<void> {
  const before = d.records.get('containers', id);
  if (!before) return;
  if (isRunning(before)) {
    if (!options.force) {
      if (before.state.status === 'paused') throw conflict('container is paused and must be unpaused first');
      throw conflict(`container is ${before.state.status}: stop the container before removing or force remove`);
    }
    try {
      yield* killAndWait(d, id, cause);
    } catch (error) {
      if (!isDaemonError(error, 'conflict')) throw error;
    }
  }
}

function* destroy(d: ContainerServices, id: string, options: RemoveOptions, cause: Cause): Sim<void> {
  const live = d.live.container(id);
  const c = d.records.get('containers', id);
  if (!c) return;
  d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...c.state, status: 'removing' } }));
  yield* d.runtime.removeSnapshot(id, `${d.config.root}/overlay2/${c.mountId}`);
  const directory = `${d.config.root}/containers/${id}`;
  if (yield* statOrNull(directory)) yield* removeTree(directory);
  const execs = d.records.all('execs').filter((exec) => exec.containerId === id);
  d.records.commit(cause, (tx) => {
    for (const exec of execs) tx.remove('execs', exec.id);
    tx.remove('containers', id);
  });
  for (const exec of execs) d.live.forgetExec(exec.id);
  yield* d.volumes.forget(c, options.volumes, cause);
  live.removed = true;
  live.output.closeAll();
  live.changed.wake();
  logContainerEvent(d, cause, c, 'destroy');
  d.live.forgetContainer(id);
}
