/**
 * Everything that a daemon knows, as plain records. What `inspect` shows is derived from these; live things (processes,
 * streams, timers) are not here. Times are virtual (`SimTime`); RFC 3339 strings are made where JSON is made.
 */
import type { ContainerConfig, EndpointSettings, MountPoint, PortMap, StringMap } from '../api/types/common.ts';
import type { HealthState, HostConfig } from '../api/types/container.ts';
import type { SimTime } from '../kernel/clock.ts';

/** The tables of one daemon, for `RecordStore<DaemonTables>`. */
export type DaemonTables = {
  readonly engine: EngineRecord;
  readonly containers: ContainerRecord;
  readonly execs: ExecRecord;
  readonly images: ImageRecord;
  readonly networks: NetworkRecord;
  readonly volumes: VolumeRecord;
  readonly transfers: TransferRecord;
};
export const DAEMON_TABLES: readonly (keyof DaemonTables)[] = [
  'engine',
  'containers',
  'execs',
  'images',
  'networks',
  'volumes',
  'transfers',
];

/** One row, id 'engine': the daemon itself. */
export interface EngineRecord {
  readonly id: 'engine';
  readonly running: boolean;
  /** Host pid of dockerd, 0 while it is down. */
  readonly pid: number;
  readonly startedAt: SimTime | undefined;
}

// ---- containers ----------------------------------------------------------------------------------------------------

/** `restarting` also counts as running, as in Docker. */
export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface HealthLogRecord {
  readonly start: SimTime;
  readonly end: SimTime;
  readonly exitCode: number;
  readonly output: string;
}
export interface HealthRecord {
  readonly status: HealthState['Status'];
  readonly failingStreak: number;
  /** The last five. */
  readonly log: readonly HealthLogRecord[];
}

export interface ContainerState {
  readonly status: ContainerStatus;
  readonly oomKilled: boolean;
  /** Host pid of the first process, 0 when not running. */
  readonly pid: number;
  readonly exitCode: number;
  /** Why the last start failed, or ''. */
  readonly error: string;
  readonly startedAt: SimTime | undefined;
  readonly finishedAt: SimTime | undefined;
  readonly health: HealthRecord | undefined;
}

/** A container's end in one network. While the container is down, `settings` holds the wishes only (aliases, fixed addresses). */
export interface EndpointRecord {
  /** Key in `NetworkSettings.Networks`: the network's name, or what was given at create. */
  readonly network: string;
  readonly settings: EndpointSettings;
  /** MAC address that was asked for, or '' to have one made. */
  readonly desiredMacAddress: string;
  /** Name in the container, 'eth0'; '' while down. */
  readonly interface: string;
}

export interface ContainerNetworkRecord {
  /** '' while down. */
  readonly sandboxId: string;
  /** '/var/run/docker/netns/<12 hex>', '' while down. */
  readonly sandboxKey: string;
  /** Exposed and published ports as they are in force; {} while down. */
  readonly ports: PortMap;
  /** Name of the network that has the default route, and to whose endpoint published ports lead; '' while down. */
  readonly gatewayNetwork: string;
  readonly endpoints: readonly EndpointRecord[];
}

/** A mount of a container: what inspect shows and what the runtime needs besides. */
export interface MountRecord extends MountPoint {
  /** From an image's VOLUME or `-v /path`: made for this container, removed by `rm -v` and `--rm`. */
  readonly anonymous: boolean;
  /** Copy what the image has at the destination into a new volume. */
  readonly copyData: boolean;
  readonly subpath?: string;
  /** tmpfs only. */
  readonly tmpfsSizeBytes?: number;
  readonly tmpfsMode?: number;
  readonly tmpfsOptions?: string;
  /** Where it stands: `HostConfig.Binds`, `HostConfig.Mounts`, `Tmpfs`, the image's volumes, or --volumes-from. */
  readonly origin: 'bind' | 'mount' | 'tmpfs' | 'image' | 'from';
}

export interface ContainerRecord {
  /** 64 hex digits. */
  readonly id: string;
  /** Without the slash. */
  readonly name: string;
  readonly createdAt: SimTime;
  /** Key of `images`; the image may be gone (`rmi -f`). */
  readonly imageId: string;
  /** Architecture and layers of the image at create, so that the container outlives `rmi -f`. Chain ids from the base up. */
  readonly layers: readonly LayerRecord[];
  /** First process: executable and its arguments (entrypoint and command joined). */
  readonly path: string;
  readonly args: readonly string[];
  /** Merged with the image's. `config.Image` is the name that was asked for. */
  readonly config: ContainerConfig;
  /** With Docker's defaults filled in. */
  readonly hostConfig: HostConfig;
  readonly state: ContainerState;
  readonly restartCount: number;
  /** `docker stop` or `kill` was the last thing done to it: `unless-stopped` does not bring it back. */
  readonly manuallyStopped: boolean;
  /** Started at least once. */
  readonly hasBeenStarted: boolean;
  readonly network: ContainerNetworkRecord;
  readonly mounts: readonly MountRecord[];
  readonly platform: string; // 'linux'
  /** Directory under /var/lib/docker/overlay2 of the writable layer (64 hex digits). */
  readonly mountId: string;
}

export interface ExecRecord {
  readonly id: string;
  readonly containerId: string;
  readonly createdAt: SimTime;
  readonly entrypoint: string;
  readonly arguments: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  readonly privileged: boolean;
  readonly tty: boolean;
  readonly consoleSize: readonly [rows: number, columns: number] | undefined;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly detachKeys: string;
  readonly started: boolean;
  readonly running: boolean;
  readonly exitCode: number | undefined;
  /** It had ended when the daemon last looked: the next look forgets it. */
  readonly canRemove: boolean;
  /** Host pid, 0 before the start. Stays after the end, as Docker shows it. */
  readonly pid: number;
}

// ---- images --------------------------------------------------------------------------------------------------------

export interface LayerRecord {
  readonly diffId: string;
  readonly chainId: string;
  /** Uncompressed bytes (the real image's for catalogue images). */
  readonly size: number;
  /** Directory under /var/lib/docker/overlay2, 64 hex digits. */
  readonly cacheId: string;
}

export interface HistoryRecord {
  /** RFC 3339 as the config has it. */
  readonly created: string;
  readonly createdBy: string;
  readonly author: string;
  readonly comment: string;
  readonly emptyLayer: boolean;
}

export interface ImageRecord {
  /** 'sha256:...' of `rawConfig`. */
  readonly id: string;
  /** Canonical tags, 'docker.io/library/nginx:latest', sorted. */
  readonly tags: readonly string[];
  /** Canonical digests, 'docker.io/library/nginx@sha256:...', sorted. */
  readonly digests: readonly string[];
  /** Id of the image it was built on locally, or ''. */
  readonly parent: string;
  /** Config JSON, byte for byte. */
  readonly rawConfig: string;
  /** From the config: RFC 3339 or '' when it says none. */
  readonly created: string;
  readonly author: string;
  readonly comment: string;
  readonly dockerVersion: string;
  readonly architecture: string;
  readonly variant: string;
  readonly os: string;
  readonly config: ContainerConfig | undefined;
  readonly history: readonly HistoryRecord[];
  /** From the base up. */
  readonly layers: readonly LayerRecord[];
  /** All layers together, in bytes. */
  readonly size: number;
  readonly lastTagTime: SimTime | undefined;
  /** When this engine got it. */
  readonly addedAt: SimTime;
}

/** A pull or push: under way, or the last that its registry saw. */
export interface TransferRecord {
  /** '1', '2', ... in the order of their beginning. */
  readonly id: string;
  readonly direction: 'pull' | 'push';
  readonly active: boolean;
  /** 'docker.io' */
  readonly domain: string;
  /** Path at the registry, 'library/nginx'. */
  readonly repository: string;
  /** As people write it, 'nginx:latest'. */
  readonly reference: string;
  /** From the base up; empty until the manifest is known. */
  readonly layers: readonly TransferLayerRecord[];
}

export interface TransferLayerRecord {
  /** Twelve digits of the digest, as the client prints them. */
  readonly id: string;
  readonly state: 'waiting' | 'moving' | 'moved' | 'unpacking' | 'done' | 'there';
  /** Bytes over the wire so far, and in all. */
  readonly moved: number;
  readonly total: number;
}

// ---- networks and volumes ------------------------------------------------------------------------------------------

export interface IpamPoolRecord {
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
  readonly auxAddresses: StringMap;
}

export interface NetworkRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: SimTime;
  readonly scope: 'local' | 'swarm' | 'global';
  readonly driver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  /** Null for networks that were made without options (`"Options": null`). */
  readonly ipamOptions: StringMap | null;
  /** Pools as the user gave them or as they were chosen; inspect writes null for an empty list of host and none. */
  readonly pools: readonly IpamPoolRecord[];
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly configFrom: string;
  readonly configOnly: boolean;
  readonly options: StringMap;
  readonly labels: StringMap;
  /** bridge, host and none: cannot be removed. */
  readonly predefined: boolean;
}

export interface VolumeRecord {
  /** The name. */
  readonly id: string;
  readonly driver: string;
  /** '/var/lib/docker/volumes/<name>/_data'. */
  readonly mountpoint: string;
  readonly createdAt: SimTime;
  /** Null when none were given (`"Labels": null`). */
  readonly labels: StringMap | null;
  readonly options: StringMap | null;
  readonly scope: 'local' | 'global';
  readonly anonymous: boolean;
}
