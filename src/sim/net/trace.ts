import type { SimTime } from '../kernel/clock.ts';
import type { Packet } from './packet.ts';

export type HopAction =
  | 'send'
  | 'receive'
  | 'forward'
  | 'deliver'
  | 'dnat'
  | 'snat'
  | 'drop'
  | 'noRoute'
  | 'noNeighbour'
  | 'ttlExpired'
  | 'refused';

/** One thing that happened to one packet at one place. Hops of the same packet share its id. */
export interface Hop {
  readonly at: SimTime;
  readonly packet: Packet;
  /** Label of the stack: a machine or a container. */
  readonly where: string;
  /** Interface name, '' where none is involved. */
  readonly device: string;
  readonly action: HopAction;
  /** The rule, route or reason, in a few words. */
  readonly detail: string;
}

export type TraceListener = (hop: Hop) => void;

/** Hands hops to whoever watches. With nobody watching it costs a test. */
export class Tracer {
  readonly #listeners = new Set<TraceListener>();

  get active(): boolean {
    return this.#listeners.size > 0;
  }

  /** Answers with a function that ends the watching. */
  watch(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(hop: Hop): void {
    for (const listener of this.#listeners) listener(hop);
  }
}
