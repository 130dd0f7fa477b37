/** HostConfig: Docker's defaults, and the rules that a request must keep. */
import type { HostConfig, RestartPolicy } from '../../api/types/container.ts';
import { DaemonError, invalid } from '../errors.ts';
import type { DaemonConfig } from '../services.ts';
import { checkResources } from './resources.ts';

/** What a request leaves out, as an empty `HostConfig` is in Go. */
const EMPTY: HostConfig = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: { Type: '', Config: null },
  NetworkMode: '',
  PortBindings: null,
  RestartPolicy: { Name: '', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: '',
  Dns: null,
  DnsOptions: null,
  DnsSearch: null,
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: '',
  Cgroup: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 0,
  Runtime: '',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: null,
  BlkioDeviceReadBps: null,
  BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null,
  BlkioDeviceWriteIOps: null,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: null,
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: null,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  MaskedPaths: null,
  ReadonlyPaths: null,
};

/** Order in which Docker writes the members; optional ones are left out when they are empty. */
const KEY_ORDER: readonly (keyof HostConfig)[] = [
  'Binds',
  'ContainerIDFile',
  'LogConfig',
  'NetworkMode',
  'PortBindings',
  'RestartPolicy',
  'AutoRemove',
  'VolumeDriver',
  'VolumesFrom',
  'ConsoleSize',
  'Annotations',
  'CapAdd',
  'CapDrop',
  'CgroupnsMode',
  'Dns',
  'DnsOptions',
  'DnsSearch',
  'ExtraHosts',
  'GroupAdd',
  'IpcMode',
  'Cgroup',
  'Links',
  'OomScoreAdj',
  'PidMode',
  'Privileged',
  'PublishAllPorts',
  'ReadonlyRootfs',
  'SecurityOpt',
  'StorageOpt',
  'Tmpfs',
  'UTSMode',
  'UsernsMode',
  'ShmSize',
  'Sysctls',
  'Runtime',
  'Isolation',
  'CpuShares',
  'Memory',
  'NanoCpus',
  'CgroupParent',
  'BlkioWeight',
  'BlkioWeightDevice',
  'BlkioDeviceReadBps',
  'BlkioDeviceWriteBps',
  'BlkioDeviceReadIOps',
  'BlkioDeviceWriteIOps',
  'CpuPeriod',
  'CpuQuota',
  'CpuRealtimePeriod',
  'CpuRealtimeRuntime',
  'CpusetCpus',
  'CpusetMems',
  'Devices',
  'DeviceCgroupRules',
  'DeviceRequests',
  'MemoryReservation',
  'MemorySwap',
  'MemorySwappiness',
  'OomKillDisable',
  'PidsLimit',
  'Ulimits',
  'CpuCount',
  'CpuPercent',
  'IOMaximumIOps',
  'IOMaximumBandwidth',
  'Mounts',
  'MaskedPaths',
  'ReadonlyPaths',
  'Init',
];

const MASKED_PATHS: readonly string[] = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
];
const READONLY_PATHS: readonly string[] = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];
const DEFAULT_SHM_BYTES = 64 * 1024 * 1024;

/** A whole HostConfig from what was asked for. Fills in nothing that could be wrong; see `withDefaults`. */
export function completeHostConfig(request: Partial<HostConfig> | null | undefined): HostConfig {
  const given = { ...EMPTY, ...dropUndefined(request ?? {}) };
  return ordered({
    ...given,
    LogConfig: { Type: given.LogConfig?.Type ?? '', Config: given.LogConfig?.Config ?? null },
    RestartPolicy: { Name: given.RestartPolicy?.Name ?? '', MaximumRetryCount: given.RestartPolicy?.MaximumRetryCount ?? 0 },
    PortBindings: completeBindings(given.PortBindings),
    NetworkMode: given.NetworkMode === '' ? 'default' : given.NetworkMode,
    Devices:
      given.Devices?.map((x) => ({
        PathOnHost: x.PathOnHost ?? '',
        PathInContainer: x.PathInContainer ?? '',
        CgroupPermissions: x.CgroupPermissions ?? '',
      })) ?? null,
    MemorySwappiness: given.MemorySwappiness === -1 ? null : given.MemorySwappiness,
    PidsLimit: given.PidsLimit !== null && given.PidsLimit <= 0 ? null : given.PidsLimit,
  });
}

function completeBindings(bindings: HostConfig['PortBindings']): HostConfig['PortBindings'] {
  if (!bindings) return bindings;
  return Object.fromEntries(
    Object.entries(bindings).map(([port, list]) => [
      port,
      list?.map((b) => ({ HostIp: b.HostIp ?? '', HostPort: b.HostPort ?? '' })) ?? list,
    ]),
  );
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

function ordered(config: HostConfig): HostConfig {
  const out: Record<string, unknown> = {};
  for (const key of KEY_ORDER) {
    const value = config[key];
    if (value === undefined) continue;
    if (isOptional(key) && isEmpty(value)) continue;
    out[key] = value;
  }
  return out as unknown as HostConfig;
}

/** Members with `omitempty` in Docker's API. An empty `Tmpfs` path value is not empty: the map counts. */
function isOptional(key: keyof HostConfig): boolean {
  return ['Annotations', 'StorageOpt', 'Tmpfs', 'Sysctls', 'Runtime', 'Mounts'].includes(key);
}
function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

/** Docker's own choices for what is still open, at create. */
export function withDefaults(hostConfig: HostConfig, config: DaemonConfig): HostConfig {
  const cgroupns = config.cgroupVersion === '2' ? 'private' : 'host';
  return ordered({
    ...hostConfig,
    NetworkMode: hostConfig.NetworkMode === 'default' ? 'bridge' : hostConfig.NetworkMode,
    LogConfig: { Type: hostConfig.LogConfig.Type || 'json-file', Config: hostConfig.LogConfig.Config ?? {} },
    RestartPolicy: hostConfig.RestartPolicy.Name === '' ? { ...hostConfig.RestartPolicy, Name: 'no' } : hostConfig.RestartPolicy,
    CgroupnsMode: hostConfig.CgroupnsMode === '' ? (hostConfig.Privileged ? 'host' : cgroupns) : hostConfig.CgroupnsMode,
    IpcMode: hostConfig.IpcMode === '' ? 'private' : hostConfig.IpcMode,
    SecurityOpt: hostConfig.Privileged && !hostConfig.SecurityOpt ? ['label=disable'] : hostConfig.SecurityOpt,
    ShmSize: hostConfig.ShmSize === 0 ? DEFAULT_SHM_BYTES : hostConfig.ShmSize,
    Runtime: hostConfig.Runtime === undefined || hostConfig.Runtime === '' ? 'runc' : hostConfig.Runtime,
    MemorySwap: hostConfig.Memory > 0 && hostConfig.MemorySwap === 0 ? hostConfig.Memory * 2 : hostConfig.MemorySwap,
    OomKillDisable: config.cgroupVersion === '2' ? null : (hostConfig.OomKillDisable ?? false),
    MaskedPaths: hostConfig.Privileged ? null : (hostConfig.MaskedPaths ?? MASKED_PATHS),
    ReadonlyPaths: hostConfig.Privileged ? null : (hostConfig.ReadonlyPaths ?? READONLY_PATHS),
  });
}

/** What is checked while the request is read, before the image is looked up. Throws invalid. */
export function checkNetworkOptions(hostConfig: HostConfig, config: { readonly Hostname?: string; readonly ExposedPorts?: object }): void {
  const mode = hostConfig.NetworkMode;
  const hostname = config.Hostname ?? '';
  if (hostConfig.UTSMode === 'host' && hostname !== '') throw invalid('conflicting options: hostname and the UTS mode');
  if (mode === 'host' && count(hostConfig.Links) > 0) {
    throw invalid("conflicting options: host type networking can't be used with links. This would result in undefined behavior");
  }
  if (mode !== 'container' && !mode.startsWith('container:')) return;
  if (mode === 'container' || mode === 'container:') throw invalid('invalid network mode: invalid container format container:<name|id>');
  if (hostname !== '') throw invalid('conflicting options: hostname and the network mode');
  if (count(hostConfig.Links) > 0) {
    throw invalid("conflicting options: container type network can't be used with links. This would result in undefined behavior");
  }
  if (count(hostConfig.Dns) > 0) throw invalid('conflicting options: dns and the network mode');
  if (count(hostConfig.ExtraHosts) > 0) throw invalid('conflicting options: custom host-to-IP mapping and the network mode');
  if (Object.keys(hostConfig.PortBindings ?? {}).length > 0 || hostConfig.PublishAllPorts) {
    throw invalid('conflicting options: port publishing and the container type network mode');
  }
  if (Object.keys(config.ExposedPorts ?? {}).length > 0)
    throw invalid('conflicting options: port exposing and the container type network mode');
}

function count(list: readonly unknown[] | null): number {
  return list?.length ?? 0;
}

/** What create and start verify. Answers with warnings, throws invalid. */
export function verifyHostConfig(hostConfig: HostConfig, machine: { readonly cpus: number }): string[] {
  const policy = hostConfig.RestartPolicy;
  if (hostConfig.AutoRemove && policy.Name !== '' && policy.Name !== 'no')
    throw invalid("can't create 'AutoRemove' container with restart policy");
  for (const extra of hostConfig.ExtraHosts ?? []) checkExtraHost(extra);
  for (const [port, bindings] of Object.entries(hostConfig.PortBindings ?? {})) {
    checkPort(port.split('/')[0]);
    for (const binding of bindings ?? []) if (binding.HostPort !== '') checkPortRange(binding.HostPort);
  }
  checkRestartPolicy(policy);
  checkCapabilities('CapAdd', hostConfig.CapAdd ?? []);
  checkCapabilities('CapDrop', hostConfig.CapDrop ?? []);
  if (hostConfig.Isolation !== '' && hostConfig.Isolation !== 'default')
    throw invalid(`invalid isolation '${hostConfig.Isolation}' on linux`);
  const warnings = checkResources(hostConfig, machine, false);
  if (!/^(|private|shareable|none|host|container:.+)$/.test(hostConfig.IpcMode)) throw invalid(`invalid IPC mode: ${hostConfig.IpcMode}`);
  if (!/^(|host|container:.+)$/.test(hostConfig.PidMode)) throw invalid(`invalid PID mode: ${hostConfig.PidMode}`);
  if (hostConfig.ShmSize < 0) throw invalid('SHM size can not be less than 0');
  if (hostConfig.UTSMode !== '' && hostConfig.UTSMode !== 'host') throw invalid(`invalid UTS mode: ${hostConfig.UTSMode}`);
  if (hostConfig.OomScoreAdj < -1000 || hostConfig.OomScoreAdj > 1000) {
    throw invalid(`Invalid value ${hostConfig.OomScoreAdj}, range for oom score adj is [-1000, 1000]`);
  }
  if (hostConfig.NetworkMode === 'host' && Object.keys(hostConfig.PortBindings ?? {}).length > 0) {
    warnings.push('Published ports are discarded when using host network mode');
  }
  if (hostConfig.Runtime !== undefined && !['', 'runc', 'io.containerd.runc.v2'].includes(hostConfig.Runtime)) {
    throw invalid(`unknown or invalid runtime name: ${hostConfig.Runtime}`);
  }
  for (const target of Object.keys(hostConfig.Tmpfs ?? {})) {
    if (!target.startsWith('/'))
      throw invalid(`invalid mount config for type "tmpfs": invalid mount path: '${target}' mount path must be absolute`);
    if (/^\/+$/.test(target)) throw invalid(`invalid specification: destination can't be '/'`);
  }
  if (!['', 'host', 'private'].includes(hostConfig.CgroupnsMode))
    throw invalid(`invalid cgroup namespace mode: ${hostConfig.CgroupnsMode}`);
  if (!LOG_DRIVERS.includes(hostConfig.LogConfig.Type)) {
    throw new DaemonError(
      'invalid',
      `error looking up logging plugin ${hostConfig.LogConfig.Type}: plugin "${hostConfig.LogConfig.Type}" not found`,
    );
  }
  checkLogOptions(hostConfig.LogConfig.Type, hostConfig.LogConfig.Config ?? {});
  return warnings;
}

const LOG_DRIVERS = ['', 'none', 'json-file', 'local', 'journald', 'syslog', 'fluentd', 'gelf', 'splunk', 'awslogs'];

function checkLogOptions(driver: string, options: Readonly<Record<string, string>>): void {
  if (driver !== '' && driver !== 'json-file') return;
  const known = [
    'max-file',
    'max-size',
    'compress',
    'labels',
    'labels-regex',
    'env',
    'env-regex',
    'tag',
    'mode',
    'max-buffer-size',
    'cache-disabled',
    'cache-max-file',
    'cache-max-size',
    'cache-compress',
  ];
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw invalid(`unknown log opt '${key}' for json-file log driver`);
  }
}

export function checkRestartPolicy(policy: RestartPolicy): void {
  const fail = (text: string): never => {
    throw invalid(`invalid restart policy: ${text}`);
  };
  switch (policy.Name) {
    case 'always':
    case 'unless-stopped':
    case 'no':
      if (policy.MaximumRetryCount !== 0)
        fail(`maximum retry count can${policy.MaximumRetryCount < 0 ? 'not be negative' : " only be used with 'on-failure'"}`);
      return;
    case 'on-failure':
      if (policy.MaximumRetryCount < 0) fail('maximum retry count cannot be negative');
      return;
    case '':
      if (policy.MaximumRetryCount !== 0) fail("maximum retry count can only be used with 'on-failure'");
      return;
    default:
      fail(`unknown policy '${policy.Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`);
  }
}

function checkExtraHost(value: string): void {
  const at = value.search(/[:=]/);
  if (at <= 0) throw invalid(`bad format for add-host: ${JSON.stringify(value)}`);
  const address = value.slice(at + 1).replace(/^\[(.*)\]$/, '$1');
  if (address === 'host-gateway') return;
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address) && !address.includes(':'))
    throw invalid(`invalid IP address in add-host: ${JSON.stringify(address)}`);
}

function checkPort(port: string): void {
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw invalid(`invalid port specification: ${JSON.stringify(port)}`);
}

function checkPortRange(port: string): void {
  const [start, end = start] = port.split('-');
  if (![start, end].every((p) => /^\d+$/.test(p) && Number(p) <= 65_535) || Number(end) < Number(start)) {
    throw invalid(`invalid port specification: ${JSON.stringify(port)}`);
  }
}

function checkCapabilities(field: string, names: readonly string[]): void {
  for (const name of names) {
    const upper = name.toUpperCase();
    if (upper === 'ALL') continue;
    const full = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
    if (!ALL_CAPABILITIES.includes(full)) throw invalid(`invalid ${field}: unknown capability: "${full}"`);
  }
}

export const ALL_CAPABILITIES: readonly string[] = (
  'CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID CAP_SETUID CAP_SETPCAP CAP_LINUX_IMMUTABLE ' +
  'CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_ADMIN CAP_NET_RAW CAP_IPC_LOCK CAP_IPC_OWNER CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_CHROOT ' +
  'CAP_SYS_PTRACE CAP_SYS_PACCT CAP_SYS_ADMIN CAP_SYS_BOOT CAP_SYS_NICE CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_MKNOD CAP_LEASE ' +
  'CAP_AUDIT_WRITE CAP_AUDIT_CONTROL CAP_SETFCAP CAP_MAC_OVERRIDE CAP_MAC_ADMIN CAP_SYSLOG CAP_WAKE_ALARM CAP_BLOCK_SUSPEND CAP_AUDIT_READ ' +
  'CAP_PERFMON CAP_BPF CAP_CHECKPOINT_RESTORE'
).split(' ');

const DEFAULT_CAPABILITIES: readonly string[] = (
  'CAP_CHOWN CAP_DAC_OVERRIDE CAP_FSETID CAP_FOWNER CAP_MKNOD CAP_NET_RAW CAP_SETGID CAP_SETUID CAP_SETFCAP CAP_SETPCAP ' +
  'CAP_NET_BIND_SERVICE CAP_SYS_CHROOT CAP_KILL CAP_AUDIT_WRITE'
).split(' ');

/** The capabilities that a container's processes have. */
export function capabilitiesOf(hostConfig: HostConfig): readonly string[] {
  if (hostConfig.Privileged) return ALL_CAPABILITIES;
  const full = (names: readonly string[] | null): string[] =>
    (names ?? []).map((name) => name.toUpperCase()).map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`));
  const add = full(hostConfig.CapAdd);
  const drop = full(hostConfig.CapDrop);
  const base = drop.includes('ALL') ? [] : add.includes('ALL') ? ALL_CAPABILITIES : DEFAULT_CAPABILITIES;
  const wanted = add.includes('ALL') && drop.includes('ALL') ? ALL_CAPABILITIES : [...base, ...add.filter((name) => name !== 'ALL')];
  return ALL_CAPABILITIES.filter((name) => wanted.includes(name) && !drop.includes(name));
}
