/**
 * What readers of the simulator see: plain frozen data, one snapshot per change. An unchanged record, table or machine
 * keeps its identity from one snapshot to the next, so that a reader can tell by `===` what moved.
 */
import type { SimTime } from '../kernel/clock.ts';

export interface WorldView {
  /** Grows by one with every change. */
  readonly version: number;
  readonly now: SimTime;
  /** By machine name ('node1'), in the order of their making. */
  readonly machines: ReadonlyMap<string, MachineView>;
  readonly registries: readonly RegistryView[];
  /** Every call to a daemon, oldest first (the last 500). */
  readonly messages: readonly ApiMessage[];
  /** In the order of their opening; a closed one keeps its place. */
  readonly terminals: readonly TerminalView[];
}

export interface TerminalView {
  readonly machine: string;
  /** A shell of this machine reads a command line there: what is typed goes to it, and to no other program. */
  readonly atPrompt: boolean;
}

export interface RegistryView {
  readonly host: string; // 'docker.io'
  readonly title: string; // 'Docker Hub'
  /** Downloads and uploads under way now. */
  readonly active: number;
  readonly lastRepository: string | undefined;
}

export interface MachineView {
  readonly name: string;
  readonly address: string; // '192.168.56.10'
  readonly daemon: DaemonView;
  readonly containers: ReadonlyMap<string, ContainerView>;
  readonly images: ReadonlyMap<string, ImageView>;
  readonly networks: ReadonlyMap<string, NetworkView>;
  readonly volumes: ReadonlyMap<string, VolumeView>;
  /** Pulls and pushes under way, and the last one at each registry. */
  readonly transfers: ReadonlyMap<string, TransferView>;
}

export interface DaemonView {
  readonly running: boolean;
  /** It has run before: a fresh machine's daemon starts when its socket is first asked. */
  readonly hasRun: boolean;
  readonly version: string; // '28.2.2'
  readonly apiVersion: string; // '1.50'
  readonly socket: string; // '/var/run/docker.sock'
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface ContainerView {
  readonly id: string;
  readonly name: string; // without the slash
  readonly image: string; // as it was asked for
  readonly imageId: string;
  readonly command: readonly string[];
  readonly status: ContainerStatus;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** Host pid of the first process, 0 when not running. */
  readonly pid: number;
  readonly createdAt: SimTime;
  readonly startedAt: SimTime | undefined;
  readonly finishedAt: SimTime | undefined;
  readonly restartCount: number;
  readonly tty: boolean;
  readonly autoRemove: boolean;
  readonly endpoints: readonly EndpointView[];
  readonly ports: readonly PortView[];
  readonly mounts: readonly MountView[];
  /** Bytes in the writable layer. */
  readonly writableBytes: number;
  readonly processes: readonly ProcessView[];
}

export interface ProcessView {
  readonly hostPid: number;
  readonly pid: number; // inside
  readonly ppid: number;
  readonly user: string;
  readonly command: string;
}

export interface EndpointView {
  readonly network: string; // name
  readonly networkId: string;
  readonly interface: string; // eth0
  readonly address: string; // 172.17.0.2, '' while not running
  readonly mac: string;
  readonly aliases: readonly string[];
}

export interface PortView {
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** Undefined when exposed but not published. */
  readonly hostPort: number | undefined;
  readonly hostAddress: string | undefined;
  /** The network to whose endpoint a published port leads. */
  readonly network: string;
}

export interface MountView {
  readonly type: 'volume' | 'bind' | 'tmpfs';
  readonly name: string | undefined;
  readonly source: string;
  readonly destination: string;
  readonly readonly: boolean;
}

export interface ImageView {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly size: number;
  readonly layers: readonly LayerView[];
}

export interface LayerView {
  readonly diffId: string;
  readonly size: number;
  /** The instruction that made it. */
  readonly createdBy: string;
}

export interface TransferView {
  readonly id: string;
  readonly direction: 'pull' | 'push';
  readonly active: boolean;
  /** 'docker.io', as in `RegistryView.host`. */
  readonly host: string;
  readonly repository: string; // 'library/nginx'
  readonly reference: string; // 'nginx:latest'
  /** From the base up; empty until the manifest is known. */
  readonly layers: readonly TransferLayerView[];
}

export interface TransferLayerView {
  /** Twelve digits, as `docker pull` prints them. */
  readonly id: string;
  readonly state: 'waiting' | 'moving' | 'moved' | 'unpacking' | 'done' | 'there';
  readonly moved: number;
  readonly total: number;
}

export interface NetworkView {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly subnet: string | undefined;
  readonly gateway: string | undefined;
}

export interface VolumeView {
  readonly name: string;
  readonly driver: string;
  readonly mountpoint: string;
}

/** One HTTP request to a daemon and its answer. Bodies are cut at 64 KiB; binary streams are described, not kept. */
export interface ApiMessage {
  readonly id: number;
  readonly machine: string;
  /** 'unix:///var/run/docker.sock' or 'tcp://...'. */
  readonly endpoint: string;
  /** What asked: 'docker', 'curl', 'remote client'. */
  readonly from: string;
  readonly method: string;
  readonly path: string; // with the query
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly requestBody: string;
  readonly sentAt: SimTime;
  /** Undefined while in flight. */
  readonly status: number | undefined;
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly responseBody: string;
  /** First byte of the answer. */
  readonly answeredAt: SimTime | undefined;
  /** The connection is still streaming (attach, logs -f, events, wait). */
  readonly open: boolean;
  /** The client went away before the answer was whole: a pull that was interrupted, or a stream without an end. */
  readonly hungUp: boolean;
}
