import type { NetInterface } from '../link/interface.ts';

/** An entry of the table that ARP fills. */
export interface Neighbour {
  readonly address: string;
  readonly mac: string;
  readonly device: NetInterface;
  readonly state: 'REACHABLE' | 'STALE' | 'FAILED';
}
