import type { NetInterface } from '../link/interface.ts';
import type { Packet } from '../packet.ts';

/** What docker's chains in the FORWARD table say about one bridge network. */
export interface BridgePolicy {
  readonly bridge: NetInterface;
  /** Containers on it may talk to each other (com.docker.network.bridge.enable_icc). */
  readonly icc: boolean;
  /** No way in or out (docker network create --internal). */
  readonly internal: boolean;
}

/** Why a packet was dropped, for traces: the chain that docker makes for it. */
export type DropReason = 'DOCKER-ISOLATION-STAGE-1' | 'DOCKER-INTERNAL' | 'DOCKER-ICC' | 'DOCKER';

export class ForwardFilter {
  readonly bridges: BridgePolicy[] = [];
  /** Ports that are published to outside: address:port/proto. Other new connections from outside are dropped. */
  readonly published = new Set<string>();

  /** Undefined lets it pass. `established`: it belongs to a tracked connection, or answers one. */
  verdict(packet: Packet, from: NetInterface | undefined, to: NetInterface, established: boolean): DropReason | undefined {
    const source = this.bridges.find((p) => p.bridge === from);
    const target = this.bridges.find((p) => p.bridge === to);
    if (!source && !target) return undefined;
    if (source && target && source !== target) return 'DOCKER-ISOLATION-STAGE-1';
    if (source && source === target) return source.icc ? undefined : 'DOCKER-ICC';
    if (source?.internal || target?.internal) return 'DOCKER-INTERNAL';
    if (target && !established && packet.proto !== 'icmp' && !this.published.has(`${packet.dst}:${packet.dport}/${packet.proto}`))
      return 'DOCKER';
    return undefined;
  }
}
