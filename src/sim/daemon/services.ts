/**
 * What verbs get: records, events, and the parts of the machine that the daemon drives. `daemon.ts` wires it; verbs are
 * functions in files of their own and take this, or the part of it that they need.
 *
 * All verbs run inside the process `dockerd`: system calls (files, `now()`, `randomBytes()`) are its own.
 */

import type { ContainerConfig, EndpointSettings } from '../api/types/common.ts';
import type { HostConfig } from '../api/types/container.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { NetNamespace } from '../kernel/namespaces/namespaces.ts';
import type { Sim } from '../kernel/sim.ts';
import type { FileSystem } from '../kernel/vfs/inode.ts';
import type { Cause, RecordStore } from '../lib/records.ts';
import type { StatedSizes } from '../oci/layer.ts';
import type { Reference } from '../oci/reference.ts';
import type { Containerd } from '../runtime/containerd.ts';
import type { EventLog } from './events.ts';
import type {
  ContainerNetworkRecord,
  ContainerRecord,
  DaemonTables,
  EndpointRecord,
  ImageRecord,
  LayerRecord,
  MountRecord,
} from './records.ts';

export type { Cause };

/** What does not change while the daemon runs. */
export interface DaemonConfig {
  /** 'node1'. */
  readonly hostname: string;
  /** A UUID, `ID` of `docker info`. */
  readonly engineId: string;
  /** '28.2.2'. */
  readonly version: string;
  /** '1.50'. */
  readonly apiVersion: string;
  readonly minApiVersion: string; // '1.24'
  readonly gitCommit: string;
  readonly goVersion: string;
  readonly buildTime: string;
  readonly containerdVersion: string;
  readonly containerdCommit: string;
  readonly runcVersion: string;
  readonly runcCommit: string;
  readonly initVersion: string;
  readonly initCommit: string;
  /** Of `docker version`, 'Docker Engine - Community' or ''. */
  readonly platformName: string;
  /** '/var/lib/docker'. */
  readonly root: string;
  /** '/var/run/docker'. */
  readonly execRoot: string;
  /** Addresses to listen on: 'unix:///run/docker.sock', 'tcp://0.0.0.0:2375'. */
  readonly hosts: readonly string[];
  /** 'none' for recordings that have `--bridge=none`. */
  readonly bridge: string;
  readonly cgroupVersion: '1' | '2';
  readonly cgroupDriver: 'cgroupfs' | 'systemd';
  readonly insecureRegistries: readonly string[];
  readonly registryMirrors: readonly string[];
  readonly labels: readonly string[];
  readonly operatingSystem: string;
  readonly osVersion: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

/** Images as the containers' verbs need them (owner: images). */
export interface ImageServices {
  /** By id, id prefix, tag or digest. Throws notFound `No such image: nginx:latest`. */
  find(reference: string): ImageRecord;
  /** The layers' trees, topmost first, as `OverlayFs` wants its lowers. */
  lowers(layers: readonly LayerRecord[]): Sim<readonly FileSystem[]>;
  /** Bytes that `Layers` of `docker system df` and SizeRootFs count. */
  sizeOf(layers: readonly LayerRecord[]): number;
  /** By how much the layers say that they are bigger than the files that they hold; undefined when none says so. */
  unseen(layers: readonly LayerRecord[]): StatedSizes | undefined;
  /** Makes an image of a container's changes, and names it. Answers with its id. */
  commit(request: CommitRequest, target: Reference | undefined, cause: Cause): Sim<string>;
}

/** What becomes an image, and what is said of it. */
export interface CommitRequest {
  readonly parentId: string;
  readonly containerId: string;
  /** As the container had it. */
  readonly containerConfig: ContainerConfig;
  /** As the image is to have it. */
  readonly config: ContainerConfig;
  /** Tar of the writable layer. */
  readonly diff: Uint8Array;
  readonly author: string;
  readonly comment: string;
}

/** Endpoints for containers (owner: net; `daemon/networks/sandbox.ts`). */
export interface NetworkServices {
  /** At create: throws invalid/notFound for network modes and endpoints that cannot be, and gives the endpoints to record. */
  planEndpoints(
    container: { readonly id: string; readonly name: string; readonly hostname: string },
    hostConfig: HostConfig,
    wishes: Readonly<Record<string, Partial<EndpointSettings> | null>>,
  ): readonly EndpointRecord[];
  /** At start: joins the networks inside `netns` and maps the ports. Writes hosts and resolv.conf under the container's directory. */
  openSandbox(container: ContainerRecord, netns: NetNamespace, cause: Cause): Sim<ContainerNetworkRecord>;
  /** At exit: gives addresses and ports back. Answers with the record of a container that is down. */
  closeSandbox(container: ContainerRecord, cause: Cause): Sim<ContainerNetworkRecord>;
  /** Renames what the networks' DNS knows. */
  renamed(container: ContainerRecord, oldName: string): void;
  /** For `docker stats`: interface name to `{rx_bytes, rx_packets, rx_errors, rx_dropped, tx_bytes, ...}`. */
  counters?(container: ContainerRecord): Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Volumes for containers (owner: images; `daemon/volumes/mounts.ts`). */
export interface VolumeServices {
  /** At create: parses binds, mounts, tmpfs and --volumes-from; makes the volumes. Throws Docker's errors, with no anonymous volume left. */
  planMounts(request: MountRequest, cause: Cause): Sim<readonly MountRecord[]>;
  /** At create: one path of `Config.Volumes`, unless something is mounted there. */
  addVolume(mounts: readonly MountRecord[], path: string, driver: string, cause: Cause): Sim<readonly MountRecord[]>;
  /** At start: makes bind sources, mounts volumes, copies the image's data in. Answers with host paths to bind. */
  prepare(container: ContainerRecord, cause: Cause): Sim<void>;
  /** At exit: volume unmount events. */
  release(container: ContainerRecord, cause: Cause): Sim<void>;
  /** At `rm`: forgets the references; with `removeAnonymous` removes its anonymous volumes. */
  forget(container: ContainerRecord, removeAnonymous: boolean, cause: Cause): Sim<void>;
}

export interface MountRequest {
  readonly containerId: string;
  readonly hostConfig: HostConfig;
}

export interface Services {
  readonly config: DaemonConfig;
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly kernel: Kernel;
  readonly runtime: Containerd;
  readonly images: ImageServices;
  readonly networks: NetworkServices;
  readonly volumes: VolumeServices;
}
