/** `docker inspect`: everything about a container, in the order in which Docker writes it. */
import type { ContainerInspect, ContainerStateJson, NetworkSettingsJson } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { rfc3339Nano } from '../clock.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { configJson } from './config.ts';
import { logPath } from './jsonFile.ts';
import type { ContainerServices } from './services.ts';
import { endpointMap, mountPoints } from './shown.ts';
import { containerSize } from './size.ts';
import { isRunning } from './state.ts';
export function* inspect(d: ContainerServices, name: string, size: boolean): Sim<ContainerInspect> {
  const c = findContainer(d.records, name);
  const sizes = size ? containerSize(d, c) : undefined;
  const directory = `${d.config.root}/containers/${c.id}`;
  const execs = d.records.all('execs').filter((exec) => exec.containerId === c.id && exec.exitCode === undefined && exec.running);
  // The files of its own are made at the first start.
  const own = (file: string): string => (c.hasBeenStarted ? `${directory}/${file}` : '');
  return {
    Id: c.id,
    Created: rfc3339Nano(d.clock, c.createdAt),
    Path: c.path,
    Args: c.args,
    State: stateJson(d, c),
    Image: c.imageId,
    ResolvConfPath: own('resolv.conf'),
    HostnamePath: own('hostname'),
    HostsPath: own('hosts'),
    LogPath: c.hasBeenStarted && c.hostConfig.LogConfig.Type === 'json-file' ? logPath(d.config.root, c.id) : '',
    Name: `/${c.name}`,
    RestartCount: c.restartCount,
    Driver: 'overlay2',
    Platform: c.platform,
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execs.length === 0 ? null : execs.map((exec) => exec.id),
    HostConfig: c.hostConfig,
    GraphDriver: {
      Data: {
        ID: c.id,
        LowerDir: [`${c.mountId}-init`, ...c.layers.toReversed().map((layer) => layer.cacheId)]
          .map((id) => `${d.config.root}/overlay2/${id}/diff`)
          .join(':'),
        MergedDir: `${d.config.root}/overlay2/${c.mountId}/merged`,
        UpperDir: `${d.config.root}/overlay2/${c.mountId}/diff`,
        WorkDir: `${d.config.root}/overlay2/${c.mountId}/work`,
      },
      Name: 'overlay2',
    },
    ...(sizes ? { SizeRw: sizes.rw, SizeRootFs: sizes.rootFs } : {}),
    Mounts: mountPoints(c),
    Config: configJson({ ...c.config, MacAddress: c.config.MacAddress || macOfMainNetwork(c) }),
    NetworkSettings: networkJson(c),
  };
}

function macOfMainNetwork(c: ContainerRecord): string | undefined {
  const main = c.network.endpoints.find((e) => e.network === c.hostConfig.NetworkMode);
  return main?.desiredMacAddress || undefined;
}

function stateJson(d: ContainerServices, c: ContainerRecord): ContainerStateJson {
  const { state } = c;
  return {
    Status: state.status,
    Running: isRunning(c),
    Paused: state.status === 'paused',
    Restarting: state.status === 'restarting',
    OOMKilled: state.oomKilled,
    Dead: state.status === 'dead',
    Pid: state.pid,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: rfc3339Nano(d.clock, state.startedAt),
    FinishedAt: rfc3339Nano(d.clock, state.finishedAt),
    ...(state.health
      ? {
          Health: {
            Status: state.health.status,
            FailingStreak: state.health.failingStreak,
            Log: state.health.log.map((entry) => ({
              Start: rfc3339Nano(d.clock, entry.start),
              End: rfc3339Nano(d.clock, entry.end),
              ExitCode: entry.exitCode,
              Output: entry.output,
            })),
          },
        }
      : {}),
  };
}

/** The top half repeats the default bridge's endpoint, for old clients. */
function networkJson(c: ContainerRecord): NetworkSettingsJson {
  const bridge = c.network.endpoints.find((e) => e.network === 'bridge')?.settings;
  return {
    Bridge: '',
    SandboxID: c.network.sandboxId,
    SandboxKey: c.network.sandboxKey,
    Ports: c.network.ports,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.EndpointID ?? '',
    Gateway: bridge?.Gateway ?? '',
    GlobalIPv6Address: bridge?.GlobalIPv6Address ?? '',
    GlobalIPv6PrefixLen: bridge?.GlobalIPv6PrefixLen ?? 0,
    IPAddress: bridge?.IPAddress ?? '',
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: bridge?.IPv6Gateway ?? '',
    MacAddress: bridge?.MacAddress ?? '',
    Networks: endpointMap(c),
  };
}
