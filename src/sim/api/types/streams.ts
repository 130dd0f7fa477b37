/** Streams between a client's connection and a verb. */
import type { Sim } from '../../kernel/sim.ts';
import type { WaitQueue } from '../../kernel/waitQueue.ts';

/** Where a verb writes what a container says. Writing to a client that has gone throws EPIPE. */
export interface OutputStreams {
  stdout(data: Uint8Array): Sim<void>;
  stderr(data: Uint8Array): Sim<void>;
}

export interface LogStreams extends OutputStreams {
  /** An error of the daemon in the middle of the stream. */
  fault(text: Uint8Array): Sim<void>;
}

export interface HijackedStreams extends OutputStreams {
  /** What the client types; null at its end of file. */
  read(): Sim<Uint8Array | null>;
  /** No more to say (the verb ended). */
  close(): Sim<void>;
}

/** Tells that whoever asked has gone. */
export interface Gone {
  readonly closed: boolean;
  readonly gone: WaitQueue;
}
