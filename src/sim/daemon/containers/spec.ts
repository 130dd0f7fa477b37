/** From a container's record to the OCI runtime specification. */
import type { HostConfig } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chmod, mkdirAll, statOrNull, writeFile } from '../../kernel/syscalls.ts';
import type { ProcessSpec, RuntimeSpec, SpecMount, SpecResources } from '../../oci/runtimeSpec.ts';
import { conflict, system } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { devicesOf } from './devices.ts';
import { daemonEnvironment } from './environment.ts';
import { capabilitiesOf } from './hostConfig.ts';
import { linkEnvironment } from './links.ts';
import type { ContainerServices } from './services.ts';
import { isRunning } from './state.ts';
import { resolveUser } from './users.ts';

export function* buildSpec(d: ContainerServices, c: ContainerRecord): Sim<RuntimeSpec> {
  const { config, hostConfig } = c;
  const args = hostConfig.Init ? ['/sbin/docker-init', '--', c.path, ...c.args] : [c.path, ...c.args];
  return {
    ociVersion: '1.2.1',
    process: {
      terminal: config.Tty,
      consoleSize: consoleSize(hostConfig),
      user: yield* resolveUser(d, c, config.User, hostConfig.GroupAdd ?? []),
      args,
      env: daemonEnvironment(config, config.Tty, linkEnvironment(d, c)),
      cwd: config.WorkingDir === '' ? '/' : config.WorkingDir,
      capabilities: capabilitiesOf(hostConfig),
      noNewPrivileges: (hostConfig.SecurityOpt ?? []).some((option) => option.startsWith('no-new-privileges')),
      oomScoreAdj: hostConfig.OomScoreAdj,
      rlimits: (hostConfig.Ulimits ?? []).map((limit) => ({
        type: `RLIMIT_${limit.Name.toUpperCase()}`,
        hard: limit.Hard,
        soft: limit.Soft,
      })),
      architecture: d.records.get('images', c.imageId)?.architecture,
    },
    root: { path: `${d.config.root}/overlay2/${c.mountId}/merged`, readonly: hostConfig.ReadonlyRootfs },
    hostname: config.Hostname,
    domainname: config.Domainname,
    mounts: yield* mounts(d, c),
    linux: {
      namespaces: namespaces(d, c),
      cgroupsPath: `${hostConfig.CgroupParent === '' ? '/docker' : hostConfig.CgroupParent}/${c.id}`,
      resources: resources(hostConfig),
      maskedPaths: hostConfig.MaskedPaths ?? [],
      readonlyPaths: hostConfig.ReadonlyPaths ?? [],
      sysctl: hostConfig.Sysctls ?? {},
      devices: yield* devicesOf(hostConfig),
    },
  };
}

function consoleSize(hostConfig: HostConfig): ProcessSpec['consoleSize'] {
  const [height, width] = hostConfig.ConsoleSize;
  return height === 0 && width === 0 ? undefined : { height, width };
}

/** Undefined limits are left out. NanoCpus become a quota over 100 ms. */
export function resources(hostConfig: HostConfig): SpecResources {
  const positive = (n: number): number | undefined => (n > 0 ? n : undefined);
  const nano = hostConfig.NanoCpus;
  return {
    memory: {
      limit: positive(hostConfig.Memory),
      swap: hostConfig.MemorySwap === 0 ? undefined : hostConfig.MemorySwap,
      reservation: positive(hostConfig.MemoryReservation),
      disableOomKiller: hostConfig.OomKillDisable ?? undefined,
    },
    cpu: {
      shares: positive(hostConfig.CpuShares),
      quota: nano > 0 ? Math.round(nano / 10_000) : positive(hostConfig.CpuQuota),
      period: nano > 0 ? 100_000 : positive(hostConfig.CpuPeriod),
      cpus: hostConfig.CpusetCpus || undefined,
      mems: hostConfig.CpusetMems || undefined,
    },
    pids: { limit: hostConfig.PidsLimit ?? undefined },
  };
}

function namespaces(d: ContainerServices, c: ContainerRecord): RuntimeSpec['linux']['namespaces'] {
  const { hostConfig } = c;
  const out: { type: RuntimeSpec['linux']['namespaces'][number]['type']; path?: string }[] = [{ type: 'mount' }];
  const shared = (mode: string, noun: string): number => {
    const owner = findContainer(d.records, mode.slice('container:'.length));
    if (!isRunning(owner))
      throw conflict(`cannot join ${noun} namespace of a non running container: container ${owner.name} is ${owner.state.status}`);
    return owner.state.pid;
  };
  if (hostConfig.NetworkMode.startsWith('container:'))
    out.push({ type: 'network', path: `/proc/${shared(hostConfig.NetworkMode, 'network')}/ns/net` });
  else if (hostConfig.NetworkMode !== 'host') out.push({ type: 'network' });
  if (hostConfig.UTSMode !== 'host') out.push({ type: 'uts' });
  if (hostConfig.PidMode.startsWith('container:')) out.push({ type: 'pid', path: `/proc/${shared(hostConfig.PidMode, 'PID')}/ns/pid` });
  else if (hostConfig.PidMode !== 'host') out.push({ type: 'pid' });
  if (hostConfig.IpcMode.startsWith('container:')) out.push({ type: 'ipc', path: `/proc/${shared(hostConfig.IpcMode, 'IPC')}/ns/ipc` });
  else if (hostConfig.IpcMode !== 'host') out.push({ type: 'ipc' });
  if (hostConfig.CgroupnsMode === 'private') out.push({ type: 'cgroup' });
  return out;
}

/** Docker's own mounts, then the user's from the shortest destination on. */
function* mounts(d: ContainerServices, c: ContainerRecord): Sim<readonly SpecMount[]> {
  const { hostConfig } = c;
  const shm = hostConfig.ShmSize;
  const sysOptions = hostConfig.Privileged ? ['nosuid', 'noexec', 'nodev'] : ['nosuid', 'noexec', 'nodev', 'ro'];
  const out: SpecMount[] = [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
    },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: sysOptions },
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: [...sysOptions] },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', `size=${shm}`] },
  ];
  const directory = yield* ownFiles(d, c);
  for (const file of ['resolv.conf', 'hostname', 'hosts']) {
    if (c.mounts.some((mount) => mount.Destination === `/etc/${file}`)) continue;
    out.push({ destination: `/etc/${file}`, type: 'bind', source: `${directory}/${file}`, options: ['rbind', 'rprivate'] });
  }
  if (hostConfig.Init)
    out.push({ destination: '/sbin/docker-init', type: 'bind', source: '/usr/bin/docker-init', options: ['bind', 'ro'] });
  for (const mount of c.mounts) checkTmpfsOptions(mount.tmpfsOptions ?? '');
  return [...out, ...userMounts(c)];
}

const TMPFS_OPTION =
  /^(defaults|a?sync|ro|rw|(no)?(suid|dev|exec|atime|diratime|relatime|strictatime)|remount|mand|nomand|dirsync|r?(bind|unbindable|private|shared|slave)|(size|mode|uid|gid|nr_inodes|nr_blocks|mpol)=.*)$/;

/** Throws system for an option that no tmpfs has (moby/sys/mount, MergeTmpfsOptions). */
function checkTmpfsOptions(options: string): void {
  for (const option of options.split(',')) {
    if (option === '' || TMPFS_OPTION.test(option)) continue;
    const [name, ...value] = option.split('=');
    const parts = value.length === 0 ? [name] : [name, value.join('=')];
    throw system(`invalid tmpfs option [${parts.map((part) => JSON.stringify(part)).join(' ')}]`);
  }
}

/** What the user mounts, from the shortest destination on. */
export function userMounts(c: ContainerRecord): readonly SpecMount[] {
  const depth = (path: string): number => path.split('/').filter((part) => part !== '').length;
  const own = c.mounts.map((mount): SpecMount => {
    if (mount.Type === 'tmpfs') {
      const options = ['nosuid', 'nodev', 'noexec', ...(mount.tmpfsOptions ?? '').split(',').filter((option) => option !== '')];
      if (mount.tmpfsSizeBytes !== undefined) options.push(`size=${mount.tmpfsSizeBytes}`);
      if (mount.tmpfsMode !== undefined) options.push(`mode=${mount.tmpfsMode.toString(8)}`);
      return { destination: mount.Destination, type: 'tmpfs', source: 'tmpfs', options: mount.RW ? options : [...options, 'ro'] };
    }
    const source = mount.subpath === undefined ? mount.Source : `${mount.Source}/${mount.subpath}`;
    return {
      destination: mount.Destination,
      type: 'bind',
      source,
      options: [mount.RW ? 'rw' : 'ro', 'rbind', mount.Propagation || 'rprivate'],
    };
  });
  return own.sort((a, b) => depth(a.destination) - depth(b.destination));
}

/** hostname, hosts and resolv.conf under the container's directory; the networks fill the last two when it starts. */
function* ownFiles(d: ContainerServices, c: ContainerRecord): Sim<string> {
  const directory = `${d.config.root}/containers/${c.id}`;
  if (!(yield* statOrNull(directory))) {
    try {
      yield* mkdirAll(directory, 0o710);
    } catch (error) {
      throw system(error instanceof Error ? error.message : String(error));
    }
  }
  yield* writeFile(`${directory}/hostname`, `${c.config.Hostname}\n`, 0o644);
  for (const file of ['hosts', 'resolv.conf']) {
    if (!(yield* statOrNull(`${directory}/${file}`))) yield* writeFile(`${directory}/${file}`, '', 0o644);
    yield* chmod(`${directory}/${file}`, 0o644);
  }
  return directory;
}
