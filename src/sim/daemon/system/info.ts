/** `docker info`: the server's half. */
import type { Info, RegistryIndexConfig } from '../../api/types/system.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, uname } from '../../kernel/syscalls.ts';
import { rfc3339Nano } from '../clock.ts';
import type { ContainerServices } from '../containers/services.ts';
import { isRunning } from '../containers/state.ts';

export function* info(d: ContainerServices): Sim<Info> {
  const { config } = d;
  const containers = d.records.all('containers');
  const count = (test: (status: string) => boolean): number => containers.filter((c) => test(c.state.status)).length;
  const { release } = yield* uname();
  return {
    ID: config.engineId,
    Containers: containers.length,
    ContainersRunning: count((status) => status === 'running' || status === 'restarting'),
    ContainersPaused: count((status) => status === 'paused'),
    ContainersStopped: containers.filter((c) => !isRunning(c)).length,
    Images: d.records.size('images'),
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    ...(config.cgroupVersion === '1' ? { KernelMemoryTCP: true } : {}),
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 28 + 8 * containers.filter(isRunning).length,
    OomKillDisable: config.cgroupVersion === '1',
    NGoroutines: 60 + 12 * containers.filter(isRunning).length,
    SystemTime: rfc3339Nano(d.clock, yield* now()),
    LoggingDriver: 'json-file',
    CgroupDriver: config.cgroupDriver,
    CgroupVersion: config.cgroupVersion,
    NEventsListener: d.events.listeners,
    KernelVersion: release,
    OperatingSystem: config.operatingSystem,
    OSVersion: config.osVersion,
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      IndexConfigs: indexConfigs(config.insecureRegistries, config.registryMirrors),
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
      Mirrors: config.registryMirrors.length === 0 ? null : config.registryMirrors,
    },
    NCPU: config.cpus,
    MemTotal: config.memory,
    GenericResources: null,
    DockerRootDir: config.root,
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: config.hostname,
    Labels: config.labels,
    ExperimentalBuild: false,
    ServerVersion: config.version,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '', RemoteManagers: null },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: config.containerdCommit },
    RuncCommit: { ID: config.runcCommit },
    InitCommit: { ID: config.initCommit },
    SecurityOptions: config.cgroupVersion === '2' ? ['name=seccomp,profile=builtin', 'name=cgroupns'] : ['name=seccomp,profile=builtin'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: { Address: '/run/containerd/containerd.sock', Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' } },
    Warnings: null,
  };
}

function indexConfigs(insecure: readonly string[], mirrors: readonly string[]): Readonly<Record<string, RegistryIndexConfig>> {
  const out: Record<string, RegistryIndexConfig> = { 'docker.io': { Mirrors: mirrors, Name: 'docker.io', Official: true, Secure: true } };
  for (const name of insecure) if (!name.includes('/')) out[name] = { Mirrors: [], Name: name, Official: false, Secure: false };
  return out;
}
