import type { Cause } from '../../lib/records.ts';
import type { NetworkRecord } from '../records.ts';
import type { NetworkState } from './state.ts';

/** Events of networks carry the network's name and driver; connect and disconnect also the container. */
export function logNetworkEvent(state: NetworkState, cause: Cause, network: NetworkRecord, action: string, container?: string): void {
  const attributes: Record<string, string> =
    container === undefined ? { name: network.name, type: network.driver } : { container, name: network.name, type: network.driver };
  state.deps.events.log(cause, 'network', action, { id: network.id, attributes });
}
