/** `docker events`. */
import type { EventMessage } from '../../api/types/event.ts';
import type { EventsOptions, Filters } from '../../api/types/options.ts';
import type { Gone } from '../../api/types/streams.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import type { WallClock } from '../clock.ts';
import { unixNanos, unixSeconds } from '../clock.ts';
import type { DaemonEvent, EventLog } from '../events.ts';
import { exactMatch, filterValues, labelMatch, prefixMatch } from '../filters.ts';

export function* events(
  d: { readonly events: EventLog; readonly clock: WallClock },
  options: EventsOptions,
  emit: (event: EventMessage) => Sim<void>,
  gone: Gone,
): Sim<void> {
  const toSim = (seconds: number): number => Math.round(seconds * 1_000_000) - d.clock.epochUs;
  const pending: DaemonEvent[] = [];
  const arrived = new WaitQueue();
  const unsubscribe = d.events.subscribe((event) => {
    pending.push(event);
    arrived.wake();
  });
  try {
    const until = options.until === undefined ? undefined : toSim(options.until);
    if (options.since !== undefined || options.until !== undefined) {
      const since = options.since === undefined ? undefined : toSim(options.since);
      for (const event of [...d.events.recent]) {
        if (since !== undefined && event.time < since) continue;
        if (until !== undefined && event.time > until) continue;
        if (includes(options.filters, event)) yield* emit(eventJson(d.clock, event));
      }
    }
    for (;;) {
      const event = pending.shift();
      if (event) {
        if (until !== undefined && event.time > until) return;
        if (includes(options.filters, event)) yield* emit(eventJson(d.clock, event));
        continue;
      }
      if (gone.closed) return;
      const left = until === undefined ? undefined : until - (yield* now());
      if (left !== undefined && left <= 0) return;
      yield* waitOn([arrived, gone.gone], left);
    }
  } finally {
    unsubscribe();
  }
}

/** Containers and images repeat their action and id at the top, for clients older than API 1.22. */
export function eventJson(clock: WallClock, event: DaemonEvent): EventMessage {
  const attributes = Object.fromEntries(Object.entries(event.actor.attributes).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const legacy: Pick<EventMessage, 'status' | 'id' | 'from'> =
    event.type === 'container'
      ? {
          status: event.action,
          ...(event.actor.id === '' ? {} : { id: event.actor.id }),
          ...(attributes.image ? { from: attributes.image } : {}),
        }
      : event.type === 'image'
        ? { status: event.action, ...(event.actor.id === '' ? {} : { id: event.actor.id }) }
        : {};
  return {
    ...legacy,
    Type: event.type,
    Action: event.action,
    Actor: { ID: event.actor.id, Attributes: attributes },
    scope: event.scope,
    time: unixSeconds(clock, event.time),
    timeNano: unixNanos(clock, event.time),
  };
}

const NAMED_TYPES = ['daemon', 'container', 'plugin', 'volume', 'network', 'node', 'service', 'secret', 'config'];
const ACTIONS_WITH_TEXT = ['health_status', 'exec_create', 'exec_start'];

function includes(filters: Filters, event: DaemonEvent): boolean {
  const { id, attributes } = event.actor;
  const wantsText = filterValues(filters, 'event').some((value) => ACTIONS_WITH_TEXT.includes(value));
  if (!(wantsText ? prefixMatch : exactMatch)(filters, 'event', event.action)) return false;
  if (!exactMatch(filters, 'type', event.type) || !exactMatch(filters, 'scope', event.scope)) return false;
  for (const type of NAMED_TYPES) {
    if (!prefixMatch(filters, type, id) && !prefixMatch(filters, type, attributes.name ?? '')) return false;
  }
  const image = event.type === 'image' ? attributes.name : attributes.image;
  if (![id, image ?? '', withoutTag(id), withoutTag(image ?? '')].some((name) => exactMatch(filters, 'image', name))) return false;
  return labelMatch(filters, 'label', attributes);
}

function withoutTag(reference: string): string {
  return reference
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^docker\.io\/(library\/)?/, '');
}
