/** The part of the OCI runtime specification (config.json) that our runtime reads. */

export interface RuntimeSpec {
  readonly ociVersion: string;
  readonly process: ProcessSpec;
  readonly root: { readonly path: string; readonly readonly: boolean };
  readonly hostname: string;
  readonly domainname: string;
  readonly mounts: readonly SpecMount[];
  readonly linux: LinuxSpec;
}

export interface ProcessSpec {
  readonly terminal: boolean;
  readonly consoleSize: { readonly height: number; readonly width: number } | undefined;
  readonly user: SpecUser;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly capabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly oomScoreAdj: number;
  readonly rlimits: readonly { readonly type: string; readonly hard: number; readonly soft: number }[];
  /** The processor that the image's programs are for, as an image config names it. Not OCI's: here one tree stands for all of them. */
  readonly architecture?: string;
}

export interface SpecUser {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids: readonly number[];
}

export interface SpecMount {
  readonly destination: string;
  /** 'proc', 'tmpfs', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'bind'. */
  readonly type: string;
  readonly source: string;
  /** 'ro', 'nosuid', 'rbind', 'size=65536k', 'mode=1777', ... */
  readonly options: readonly string[];
}

export interface LinuxSpec {
  /** Kinds that the container gets for itself, or joins by `path` ('/proc/123/ns/net'). A kind that is missing is the host's. */
  readonly namespaces: readonly {
    readonly type: 'pid' | 'network' | 'ipc' | 'uts' | 'mount' | 'cgroup' | 'user';
    readonly path?: string;
  }[];
  /** '/docker/<id>' */
  readonly cgroupsPath: string;
  readonly resources: SpecResources;
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly sysctl: Readonly<Record<string, string>>;
  readonly devices: readonly {
    readonly path: string;
    readonly type: 'c' | 'b';
    readonly major: number;
    readonly minor: number;
    readonly fileMode: number;
  }[];
}

/** Bytes; CPU quota and period in microseconds. Undefined is no limit. */
export interface SpecResources {
  readonly memory: { readonly limit?: number; readonly swap?: number; readonly reservation?: number; readonly disableOomKiller?: boolean };
  readonly cpu: {
    readonly shares?: number;
    readonly quota?: number;
    readonly period?: number;
    readonly cpus?: string;
    readonly mems?: string;
  };
  readonly pids: { readonly limit?: number };
}
