/** `docker wait`: until a container is not running, ends the next time, or is gone. */

import type { WaitResponse } from '../../api/types/container.ts';
import type { WaitCondition } from '../../api/types/options.ts';
import type { Gone } from '../../api/types/streams.ts';
import { SECOND } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import { findContainer } from '../find.ts';
import type { LiveContainer } from './live.ts';
import type { ContainerServices } from './services.ts';
import { isRunning } from './state.ts';

export function* wait(d: ContainerServices, name: string, condition: WaitCondition, gone: Gone): Sim<() => Sim<WaitResponse>> {
  const c = findContainer(d.records, name);
  const live = d.live.container(c.id);
  const exits = live.exits;
  const met = (): boolean => {
    if (live.removed) return true;
    if (condition === 'removed') return false;
    if (live.exits > exits) return true;
    if (condition === 'next-exit') return false;
    const fresh = d.records.get('containers', c.id);
    return !fresh || !isRunning(fresh);
  };
  return function* () {
    while (!met()) {
      if (gone.closed) return { Error: { Message: 'context canceled' }, StatusCode: -1 };
      yield* waitOn([live.changed, gone.gone]);
    }
    const code = live.exits > 0 || live.removed ? live.lastExitCode : (d.records.get('containers', c.id)?.state.exitCode ?? 0);
    return { StatusCode: code };
  };
}

/** For verbs: true when it stopped running within `timeout` microseconds (undefined waits for ever). */
export function* waitStopped(d: ContainerServices, id: string, live: LiveContainer, timeout: number | undefined): Sim<boolean> {
  const until = timeout === undefined ? undefined : (yield* now()) + timeout;
  const exits = live.exits;
  for (;;) {
    const c = d.records.get('containers', id);
    if (!c || live.exits > exits || !isRunning(c)) return true;
    const left = until === undefined ? undefined : until - (yield* now());
    if (left !== undefined && left <= 0) return false;
    yield* waitOn(live.changed, left);
  }
}

/** How long a killed container may take to be gone. */
export const KILL_TIMEOUT = 10 * SECOND;
