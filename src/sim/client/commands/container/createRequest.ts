/** From the flags of run and create to the body of POST /containers/create. */
import type { ContainerConfig, HealthConfig, Mount, PortMap, StringSet } from '../../../api/types/common.ts';
import type { HostConfig } from '../../../api/types/container.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getcwd } from '../../../kernel/syscalls.ts';
import type { Cli } from '../../cli/cli.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { keyValues } from '../../cli/flags/flags.ts';
import { parseExposed, parsePublished } from '../../cli/flags/ports.ts';
import { consoleSize } from '../../engine/terminal.ts';
import { expandEnvironment, lastOfEachName, readKeyValueFile } from './envFiles.ts';
import { planNetworks } from './networks.ts';
import { capabilities, parseDevice, parseRestartPolicy, parseSecurityOptions, throttleDevices, weightDevices } from './security.ts';
import { parseVolumeSpec } from './volumeSpec.ts';

export interface CreateBody {
  config: Record<string, unknown> &
    Pick<ContainerConfig, 'AttachStdin' | 'AttachStdout' | 'AttachStderr' | 'Tty' | 'OpenStdin' | 'StdinOnce'>;
  hostConfig: Record<string, unknown> & Pick<HostConfig, 'AutoRemove'>;
  endpoints: Readonly<Record<string, unknown>>;
}

const MAC = /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/;

/** Throws CliError with the message that docker gives before it asks the daemon anything. */
export function* createBody(cli: Cli, flags: Flags, args: readonly string[]): Sim<CreateBody> {
  const mac = flags.string('mac-address');
  if (mac !== '' && !MAC.test(mac)) throw new CliError(`${mac} is not a valid mac address`);
  const swappiness = flags.number('memory-swappiness');
  if (swappiness !== -1 && (swappiness < 0 || swappiness > 100)) {
    throw new CliError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  }
  const { binds, volumes } = yield* splitVolumes(flags.list('volume'));
  const published = parsePublished(flags.list('publish'));
  const exposed = [...new Set([...published.exposed, ...parseExposed(flags.list('expose'))])].sort();
  const named = flags.list('device').filter((d) => !isCdi(d));
  // The client reads devices as the daemon's system does, and does not know it without a daemon.
  if (named.length > 0 && !(yield* (yield* cli.engine()).ping())?.osType) throw new CliError('unknown server OS: ');
  const devices = named.map(parseDevice);
  const env = yield* environment(cli, flags);
  const labels = yield* labelMap(flags);
  checkMode('pid', flags.string('pid'), /^(host|container:.+)?$/, 'PID');
  checkMode('uts', flags.string('uts'), /^(host)?$/, 'UTS');
  checkMode('userns', flags.string('userns'), /^(host)?$/, 'USER');
  checkMode('cgroupns', flags.string('cgroupns'), /^(host|private)?$/, 'CGROUP');
  const restart = parseRestartPolicy(flags.string('restart'));
  const logOptions = flags.map('log-opt');
  if (flags.string('log-driver') === 'none' && Object.keys(logOptions).length > 0)
    throw new CliError('invalid logging opts for driver none');
  const security = yield* parseSecurityOptions(flags.list('security-opt'));
  for (const option of flags.list('storage-opt')) if (!option.includes('=')) throw new CliError('invalid storage option');
  const health = healthConfig(flags);
  if (flags.bool('rm') && restart.Name !== '' && restart.Name !== 'no') {
    throw new CliError('conflicting options: cannot specify both --restart and --rm');
  }

  const attach = new Set(flags.list('attach'));
  const [image, ...command] = args;
  const config: CreateBody['config'] = {
    Hostname: flags.string('hostname'),
    Domainname: flags.string('domainname'),
    User: flags.string('user'),
    AttachStdin: attach.has('stdin') || flags.bool('interactive'),
    AttachStdout: attach.size === 0 || attach.has('stdout'),
    AttachStderr: attach.size === 0 || attach.has('stderr'),
    ...(exposed.length === 0 ? {} : { ExposedPorts: setOf(exposed) }),
    Tty: flags.bool('tty'),
    OpenStdin: flags.bool('interactive'),
    StdinOnce: flags.bool('interactive'),
    Env: env.length === 0 ? null : env,
    Cmd: command.length === 0 ? null : command,
    ...(health ? { Healthcheck: health } : {}),
    Image: image,
    Volumes: setOf(volumes),
    WorkingDir: flags.string('workdir'),
    Entrypoint: flags.changed('entrypoint') ? [flags.string('entrypoint')] : null,
    OnBuild: null,
    Labels: labels,
    ...(flags.string('stop-signal') === '' ? {} : { StopSignal: flags.string('stop-signal') }),
    ...(flags.changed('stop-timeout') ? { StopTimeout: flags.number('stop-timeout') } : {}),
  };
  const networks = planNetworks(flags);
  const mounts = yield* absoluteSources(flags.parsed<Mount>('mount'));
  const hostConfig = {
    ...hostSettings(flags, networks.mode, restart, sortedBindings(published.bindings), mounts),
    Binds: binds.length === 0 ? null : binds,
    LogConfig: { Type: flags.string('log-driver'), Config: logOptions },
    SecurityOpt: flags.list('security-opt').length === 0 ? null : security.options,
    Devices: devices,
    ConsoleSize: flags.bool('tty') ? yield* consoleSize() : [0, 0],
    ...(security.openSystemPaths ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
  };
  return { config, hostConfig, endpoints: networks.endpoints };
}

/** In the order in which docker sends them. */
function hostSettings(
  flags: Flags,
  mode: string,
  restart: HostConfig['RestartPolicy'],
  ports: PortMap,
  mounts: readonly Mount[],
): CreateBody['hostConfig'] {
  const cap = capabilities(flags.list('cap-add'), flags.list('cap-drop'));
  const orNull = (list: readonly string[]): readonly string[] | null => (list.length === 0 ? null : list);
  const tmpfs = tmpfsMap(flags.list('tmpfs'));
  const annotations = flags.map('annotation');
  const sysctls = flags.map('sysctl');
  return {
    Binds: null,
    ContainerIDFile: flags.string('cidfile'),
    LogConfig: {},
    NetworkMode: mode,
    PortBindings: ports,
    RestartPolicy: restart,
    AutoRemove: flags.bool('rm'),
    VolumeDriver: flags.string('volume-driver'),
    VolumesFrom: orNull(flags.list('volumes-from')),
    ConsoleSize: [0, 0],
    ...(Object.keys(annotations).length > 0 ? { Annotations: annotations } : {}),
    CapAdd: cap.add,
    CapDrop: cap.drop,
    CgroupnsMode: flags.string('cgroupns'),
    Dns: flags.list('dns'),
    DnsOptions: [...flags.list('dns-option'), ...flags.list('dns-opt')],
    DnsSearch: flags.list('dns-search'),
    ExtraHosts: orNull(flags.list('add-host')),
    GroupAdd: orNull(flags.list('group-add')),
    IpcMode: flags.string('ipc'),
    Cgroup: '',
    Links: orNull(flags.list('link')),
    OomScoreAdj: flags.number('oom-score-adj'),
    PidMode: flags.string('pid'),
    Privileged: flags.bool('privileged'),
    PublishAllPorts: flags.bool('publish-all'),
    ReadonlyRootfs: flags.bool('read-only'),
    SecurityOpt: null,
    ...(flags.list('storage-opt').length > 0 ? { StorageOpt: flags.map('storage-opt') } : {}),
    ...(tmpfs ? { Tmpfs: tmpfs } : {}),
    UTSMode: flags.string('uts'),
    UsernsMode: flags.string('userns'),
    ShmSize: flags.number('shm-size'),
    ...(Object.keys(sysctls).length > 0 ? { Sysctls: sysctls } : {}),
    ...(flags.string('runtime') === '' ? {} : { Runtime: flags.string('runtime') }),
    Isolation: flags.string('isolation'),
    CpuShares: flags.number('cpu-shares'),
    Memory: flags.number('memory'),
    NanoCpus: flags.number('cpus'),
    CgroupParent: flags.string('cgroup-parent'),
    BlkioWeight: flags.number('blkio-weight'),
    BlkioWeightDevice: weightDevices(flags.list('blkio-weight-device')),
    BlkioDeviceReadBps: throttleDevices(flags.list('device-read-bps')),
    BlkioDeviceWriteBps: throttleDevices(flags.list('device-write-bps')),
    BlkioDeviceReadIOps: throttleDevices(flags.list('device-read-iops')),
    BlkioDeviceWriteIOps: throttleDevices(flags.list('device-write-iops')),
    CpuPeriod: flags.number('cpu-period'),
    CpuQuota: flags.number('cpu-quota'),
    CpuRealtimePeriod: flags.number('cpu-rt-period'),
    CpuRealtimeRuntime: flags.number('cpu-rt-runtime'),
    CpusetCpus: flags.string('cpuset-cpus'),
    CpusetMems: flags.string('cpuset-mems'),
    Devices: [],
    DeviceCgroupRules: orNull(flags.list('device-cgroup-rule')),
    DeviceRequests: flags.changed('gpus') ? flags.parsed('gpus') : null,
    MemoryReservation: flags.number('memory-reservation'),
    MemorySwap: flags.number('memory-swap'),
    MemorySwappiness: flags.number('memory-swappiness'),
    OomKillDisable: flags.bool('oom-kill-disable'),
    PidsLimit: flags.number('pids-limit'),
    Ulimits: flags.parsed('ulimit'),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...(mounts.length > 0 ? { Mounts: mounts } : {}),
    MaskedPaths: null,
    ReadonlyPaths: null,
    ...(flags.changed('init') ? { Init: flags.bool('init') } : {}),
  };
}

/** `src=.` and `src=./dir` begin at the client's directory; any other source goes as it is. */
function* absoluteSources(mounts: readonly Mount[]): Sim<readonly Mount[]> {
  const cwd = yield* getcwd();
  return mounts.map((mount) =>
    mount.Source === '.' || mount.Source?.startsWith('./') ? { ...mount, Source: cleanPath(`${cwd}/${mount.Source}`) } : mount,
  );
}

/** `-v source:target` becomes a bind, `-v target` an anonymous volume. */
function* splitVolumes(specs: readonly string[]): Sim<{ readonly binds: readonly string[]; readonly volumes: readonly string[] }> {
  const binds: string[] = [];
  const volumes: string[] = [];
  for (const spec of specs) {
    if (parseVolumeSpec(spec).source === '') volumes.push(spec);
    else {
      const at = spec.indexOf(':');
      const source = spec.slice(0, at);
      binds.push(source.startsWith('.') ? `${cleanPath(`${yield* getcwd()}/${source}`)}${spec.slice(at)}` : spec);
    }
  }
  return { binds: [...new Set(binds)], volumes: [...new Set(volumes)].sort() };
}

/** filepath.Clean of an absolute path. */
export function cleanPath(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

function isCdi(device: string): boolean {
  return /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9_-]+=.+$/.test(device);
}

function* environment(cli: Cli, flags: Flags): Sim<readonly string[]> {
  const out: string[] = [];
  for (const file of flags.list('env-file')) out.push(...(yield* readKeyValueFile(file, (name) => cli.env.get(name))));
  return lastOfEachName([...out, ...expandEnvironment(flags.list('env'), cli.env)]);
}

function* labelMap(flags: Flags): Sim<Record<string, string>> {
  const out: string[] = [];
  for (const file of flags.list('label-file')) out.push(...(yield* readKeyValueFile(file, () => '')));
  return keyValues([...out, ...flags.list('label')]);
}

function checkMode(flag: string, value: string, valid: RegExp, kind: string): void {
  if (!valid.test(value)) throw new CliError(`--${flag}: invalid ${kind} mode`);
}

function healthConfig(flags: Flags): HealthConfig | undefined {
  const times = { interval: 'Interval', timeout: 'Timeout', 'start-period': 'StartPeriod', 'start-interval': 'StartInterval' } as const;
  const haveSettings =
    flags.string('health-cmd') !== '' ||
    Object.keys(times).some((t) => flags.number(`health-${t}`) !== 0) ||
    flags.number('health-retries') !== 0;
  if (flags.bool('no-healthcheck')) {
    if (haveSettings) throw new CliError('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  if (!haveSettings) return undefined;
  const command = flags.string('health-cmd');
  for (const [flag, words] of [
    ['interval', '--health-interval'],
    ['timeout', '--health-timeout'],
  ] as const) {
    if (flags.number(`health-${flag}`) < 0) throw new CliError(`${words} cannot be negative`);
  }
  if (flags.number('health-retries') < 0) throw new CliError('--health-retries cannot be negative');
  for (const flag of ['health-start-period', 'health-start-interval']) {
    if (flags.number(flag) < 0) throw new CliError(`--${flag} cannot be negative`);
  }
  const out: Record<string, unknown> = command === '' ? {} : { Test: ['CMD-SHELL', command] };
  for (const [flag, key] of Object.entries(times)) {
    const value = flags.number(`health-${flag}`);
    if (value !== 0) out[key] = value;
  }
  if (flags.number('health-retries') !== 0) out.Retries = flags.number('health-retries');
  return out as HealthConfig;
}

function tmpfsMap(specs: readonly string[]): Record<string, string> | undefined {
  if (specs.length === 0) return undefined;
  return Object.fromEntries(
    specs.map((spec) => {
      const at = spec.indexOf(':');
      return at < 0 ? [spec, ''] : [spec.slice(0, at), spec.slice(at + 1)];
    }),
  );
}

function setOf(names: readonly string[]): StringSet {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function sortedBindings(bindings: ReadonlyMap<string, readonly { HostIp: string; HostPort: string }[]>): PortMap {
  return Object.fromEntries([...bindings].sort(([a], [b]) => (a < b ? -1 : 1)));
}
