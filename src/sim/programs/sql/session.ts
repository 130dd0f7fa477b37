/** One client's conversation with a cluster. */
import type { Cluster } from './cluster.ts';
import type { Dialect } from './syntax.ts';

/** Lasts as long as its connection. */

export interface Session {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  readonly user: string;
  readonly version: string;
  /** '' when none is chosen (MySQL). */
  database: string;
  /** Tables as they were at BEGIN. */
  saved: string | undefined;
  /** A statement failed inside the transaction (PostgreSQL). */
  failed: boolean;
  nowUs: number;
  random(): number;
  sleep(seconds: number): void;
}
