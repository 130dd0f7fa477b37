import type { StringMap } from '../../../api/types/common.ts';
import type { NetStack } from '../../../net/stack.ts';

/** A network as its driver sees it. */
export interface DriverNetwork {
  readonly id: string;
  readonly name: string;
  readonly options: StringMap;
  readonly internal: boolean;
  /** '172.17.0.0/16' and '172.17.0.1', for drivers that manage addresses. */
  readonly subnet: string | undefined;
  readonly gateway: string | undefined;
}

export interface JoinRequest {
  readonly endpointId: string;
  readonly address: string;
  readonly bits: number;
  readonly mac: string;
  /** Name inside: 'eth0'. */
  readonly device: string;
}

/** A network driver. Everything else (addresses, names, ports) is common to all. */
export interface NetworkDriver {
  readonly name: string;
  readonly scope: 'local' | 'global';
  /** Only one network of this kind, made by the daemon. */
  readonly single: boolean;
  /** Endpoints get addresses and interfaces of their own. */
  readonly addresses: boolean;
  /** Ports can be published on it. */
  readonly publishes: boolean;
  /** The address that all endpoints share, for drivers whose endpoints have none of their own. */
  parentMac?(network: DriverNetwork): string | undefined;
  /** Throws before anything was changed when the options are wrong. */
  createNetwork(network: DriverNetwork): void;
  removeNetwork(network: DriverNetwork): void;
  join(network: DriverNetwork, request: JoinRequest, sandbox: NetStack): void;
  leave(network: DriverNetwork, endpointId: string): void;
}
