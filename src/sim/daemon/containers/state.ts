/** Questions about a container's state, in Docker's words. */
import type { SimTime } from '../../kernel/clock.ts';
import { humanDuration } from '../../lib/goDuration.ts';
import type { DaemonError } from '../errors.ts';
import { conflict } from '../errors.ts';
import type { ContainerRecord, ContainerState } from '../records.ts';

/** Paused and restarting containers count as running. */
export function isRunning(c: ContainerRecord): boolean {
  return c.state.status === 'running' || c.state.status === 'paused' || c.state.status === 'restarting';
}

export const notRunning = (id: string): DaemonError => conflict(`container ${id} is not running`);
export const restarting = (id: string): DaemonError => conflict(`Container ${id} is restarting, wait until the container is running`);

/** The STATUS column: 'Up 3 minutes (healthy)', 'Exited (0) 2 days ago'. */
export function statusText(state: ContainerState, now: SimTime): string {
  const since = (t: SimTime | undefined): string => humanDuration((now - (t ?? now)) / 1_000_000);
  switch (state.status) {
    case 'paused':
      return `Up ${since(state.startedAt)} (Paused)`;
    case 'restarting':
      return `Restarting (${state.exitCode}) ${since(state.finishedAt)} ago`;
    case 'running': {
      const health = state.health ? ` (${state.health.status === 'starting' ? 'health: starting' : state.health.status})` : '';
      return `Up ${since(state.startedAt)}${health}`;
    }
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'created':
      return 'Created';
    case 'exited':
      return state.finishedAt === undefined ? '' : `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`;
  }
}

/** Docker shows the executable and its arguments; those with a blank stand in quotes. */
export function commandText(c: ContainerRecord): string {
  return [c.path, ...c.args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ');
}
