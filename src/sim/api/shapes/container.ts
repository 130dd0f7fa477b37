/** Bodies about containers, as the structs of moby's api/types/container, into which dockerd decodes them. */
import type { Shape } from '../../lib/goDecode.ts';
import { array, bool, int, list, map, pointer, string, strings, struct, uint, words } from '../../lib/goDecode.ts';
import { networkingConfig } from './network.ts';

const labels = map(string());
const duration = int('time.Duration');
const stringSet = (type?: string): Shape => map(struct('struct {}', {}), type);

const healthcheck = struct('v1.HealthcheckConfig', {
  Test: strings,
  Interval: duration,
  Timeout: duration,
  StartPeriod: duration,
  StartInterval: duration,
  Retries: int('int'),
});

const config = struct('container.Config', {
  Hostname: string(),
  Domainname: string(),
  User: string(),
  AttachStdin: bool,
  AttachStdout: bool,
  AttachStderr: bool,
  ExposedPorts: stringSet('nat.PortSet'),
  Tty: bool,
  OpenStdin: bool,
  StdinOnce: bool,
  Env: strings,
  Cmd: words,
  Healthcheck: pointer(healthcheck),
  ArgsEscaped: bool,
  Image: string(),
  Volumes: stringSet(),
  WorkingDir: string(),
  Entrypoint: words,
  NetworkDisabled: bool,
  MacAddress: string(),
  OnBuild: strings,
  Labels: labels,
  StopSignal: string(),
  StopTimeout: pointer(int('int')),
  Shell: words,
});

const weightDevices = list(pointer(struct('blkiodev.WeightDevice', { Path: string(), Weight: uint('uint16', 16n) })));
const throttleDevices = list(pointer(struct('blkiodev.ThrottleDevice', { Path: string(), Rate: uint() })));

const resources = struct('container.Resources', {
  CpuShares: int(),
  Memory: int(),
  NanoCpus: int(),
  CgroupParent: string(),
  BlkioWeight: uint('uint16', 16n),
  BlkioWeightDevice: weightDevices,
  BlkioDeviceReadBps: throttleDevices,
  BlkioDeviceWriteBps: throttleDevices,
  BlkioDeviceReadIOps: throttleDevices,
  BlkioDeviceWriteIOps: throttleDevices,
  CpuPeriod: int(),
  CpuQuota: int(),
  CpuRealtimePeriod: int(),
  CpuRealtimeRuntime: int(),
  CpusetCpus: string(),
  CpusetMems: string(),
  Devices: list(struct('container.DeviceMapping', { PathOnHost: string(), PathInContainer: string(), CgroupPermissions: string() })),
  DeviceCgroupRules: strings,
  DeviceRequests: list(
    struct('container.DeviceRequest', {
      Driver: string(),
      Count: int('int'),
      DeviceIDs: strings,
      Capabilities: list(strings),
      Options: map(string()),
    }),
  ),
  KernelMemory: int(),
  KernelMemoryTCP: int(),
  MemoryReservation: int(),
  MemorySwap: int(),
  MemorySwappiness: pointer(int()),
  OomKillDisable: pointer(bool),
  PidsLimit: pointer(int()),
  Ulimits: list(pointer(struct('units.Ulimit', { Name: string(), Hard: int(), Soft: int() }))),
  CpuCount: int(),
  CpuPercent: int(),
  IOMaximumIOps: uint(),
  IOMaximumBandwidth: uint(),
});

const restartPolicy = struct('container.RestartPolicy', { Name: string('container.RestartPolicyMode'), MaximumRetryCount: int('int') });

const mount = struct('mount.Mount', {
  Type: string('mount.Type'),
  Source: string(),
  Target: string(),
  ReadOnly: bool,
  Consistency: string('mount.Consistency'),
  BindOptions: pointer(
    struct('mount.BindOptions', {
      Propagation: string('mount.Propagation'),
      NonRecursive: bool,
      CreateMountpoint: bool,
      ReadOnlyNonRecursive: bool,
      ReadOnlyForceRecursive: bool,
    }),
  ),
  VolumeOptions: pointer(
    struct('mount.VolumeOptions', {
      NoCopy: bool,
      Labels: labels,
      Subpath: string(),
      DriverConfig: pointer(struct('mount.Driver', { Name: string(), Options: map(string()) })),
    }),
  ),
  ImageOptions: pointer(struct('mount.ImageOptions', { Subpath: string() })),
  TmpfsOptions: pointer(struct('mount.TmpfsOptions', { SizeBytes: int(), Mode: uint('fs.FileMode', 32n), Options: list(strings) })),
  ClusterOptions: pointer(struct('mount.ClusterOptions', {})),
});

const hostConfig = struct(
  'container.HostConfig',
  {
    Binds: strings,
    ContainerIDFile: string(),
    LogConfig: struct('container.LogConfig', { Type: string(), Config: map(string()) }),
    NetworkMode: string('container.NetworkMode'),
    PortBindings: map(list(struct('nat.PortBinding', { HostIp: string(), HostPort: string() })), 'nat.PortMap'),
    RestartPolicy: restartPolicy,
    AutoRemove: bool,
    VolumeDriver: string(),
    VolumesFrom: strings,
    ConsoleSize: array(2, uint('uint')),
    Annotations: map(string()),
    CapAdd: words,
    CapDrop: words,
    CgroupnsMode: string('container.CgroupnsMode'),
    Dns: strings,
    DnsOptions: strings,
    DnsSearch: strings,
    ExtraHosts: strings,
    GroupAdd: strings,
    IpcMode: string('container.IpcMode'),
    Cgroup: string('container.CgroupSpec'),
    Links: strings,
    OomScoreAdj: int('int'),
    PidMode: string('container.PidMode'),
    Privileged: bool,
    PublishAllPorts: bool,
    ReadonlyRootfs: bool,
    SecurityOpt: strings,
    StorageOpt: map(string()),
    Tmpfs: map(string()),
    UTSMode: string('container.UTSMode'),
    UsernsMode: string('container.UsernsMode'),
    ShmSize: int(),
    Sysctls: map(string()),
    Runtime: string(),
    Isolation: string('container.Isolation'),
    Mounts: list(mount),
    MaskedPaths: strings,
    ReadonlyPaths: strings,
    Init: pointer(bool),
  },
  { Resources: resources },
);

/** POST /containers/create, and the config of POST /commit. */
export const createRequest = struct(
  'container.CreateRequest',
  { HostConfig: pointer(hostConfig), NetworkingConfig: pointer(networkingConfig) },
  { Config: config },
);

/** POST /containers/{id}/update */
export const updateConfig = struct('container.UpdateConfig', { RestartPolicy: restartPolicy }, { Resources: resources });

const consoleSize = pointer(array(2, uint('uint')));

/** POST /containers/{id}/exec */
export const execOptions = struct('container.ExecOptions', {
  User: string(),
  Privileged: bool,
  Tty: bool,
  ConsoleSize: consoleSize,
  AttachStdin: bool,
  AttachStderr: bool,
  AttachStdout: bool,
  Detach: bool,
  DetachKeys: string(),
  Env: strings,
  WorkingDir: string(),
  Cmd: strings,
});

/** POST /exec/{id}/start */
export const execStartOptions = struct('container.ExecStartOptions', { Detach: bool, Tty: bool, ConsoleSize: consoleSize });
