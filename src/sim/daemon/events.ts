/** The daemon's event log: the last 256 events (moby's limit) and whoever listens. */
import type { EventMessage, EventType } from '../api/types/event.ts';
import type { SimTime } from '../kernel/clock.ts';
import type { Cause } from '../lib/records.ts';

const EVENTS_KEPT = 256;

export interface EventActor {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DaemonEvent {
  readonly type: EventType;
  /** 'create', 'exec_create: sh -c ls', 'health_status: healthy'. */
  readonly action: string;
  readonly actor: EventActor;
  readonly scope: EventMessage['scope'];
  readonly time: SimTime;
  readonly cause: Cause;
}

export class EventLog {
  readonly #now: () => SimTime;
  readonly #kept: DaemonEvent[] = [];
  readonly #listeners = new Set<(event: DaemonEvent) => void>();

  constructor(now: () => SimTime) {
    this.#now = now;
  }

  /** Attributes are written in the order of their names, as Go writes maps. */
  log(cause: Cause, type: EventType, action: string, actor: EventActor, scope: EventMessage['scope'] = 'local'): void {
    const event: DaemonEvent = { type, action, actor, scope, time: this.#now(), cause };
    this.#kept.push(event);
    if (this.#kept.length > EVENTS_KEPT) this.#kept.shift();
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** The last events, oldest first. */
  get recent(): readonly DaemonEvent[] {
    return this.#kept;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  subscribe(listener: (event: DaemonEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
