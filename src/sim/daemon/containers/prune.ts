/** `docker container prune`. */
import type { ContainersPruneReport } from '../../api/types/container.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { isDaemonError } from '../errors.ts';
import { checkFilters, pruneLabelMatch, untilFilter } from '../filters.ts';
import { remove } from './remove.ts';
import type { ContainerServices } from './services.ts';
import { containerSize } from './size.ts';
import { isRunning } from './state.ts';

export function* prune(d: ContainerServices, filters: Filters, cause: Cause): Sim<ContainersPruneReport> {
  checkFilters(filters, ['label', 'label!', 'until']);
  const until = untilFilter(filters, d.clock.epochUs + (yield* now()));
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const c of d.records.all('containers').toReversed()) {
    if (isRunning(c) || (until !== undefined && d.clock.epochUs + c.createdAt > until) || !pruneLabelMatch(filters, c.config.Labels))
      continue;
    const { rw } = containerSize(d, c);
    try {
      yield* remove(d, c.id, { force: false, volumes: false, link: false }, cause);
    } catch (error) {
      if (!isDaemonError(error)) throw error;
      continue;
    }
    reclaimed += rw;
    deleted.push(c.id);
  }
  d.events.log(cause, 'container', 'prune', { id: '', attributes: { reclaimed: String(reclaimed) } });
  return { ContainersDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: reclaimed };
}
