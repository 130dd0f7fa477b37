import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type { EndpointSettings } from '../../types/common.ts';
import type { NetworkCreateRequest, NetworkCreateResponse, NetworkInspect, NetworksPruneReport } from '../../types/network.ts';
import type { Filters } from '../../types/options.ts';

export interface NetworkBackend {
  networkList(filters: Filters): Sim<readonly NetworkInspect[]>;
  networkInspect(nameOrId: string, scope: string): Sim<NetworkInspect>;
  networkCreate(request: NetworkCreateRequest, cause: Cause): Sim<NetworkCreateResponse>;
  networkConnect(network: string, container: string, endpoint: Partial<EndpointSettings>, cause: Cause): Sim<void>;
  networkDisconnect(network: string, container: string, force: boolean, cause: Cause): Sim<void>;
  networkRemove(nameOrId: string, cause: Cause): Sim<void>;
  networksPrune(filters: Filters, cause: Cause): Sim<NetworksPruneReport>;
}
