/** `docker info` in full: the server's half as text. */
import type { Info } from '../../../api/types/system.ts';
import { binarySize } from '../../../lib/goSize.ts';

/** `user` is who is logged in to Docker Hub; `debug` is the client's. */
export function serverText(info: Info, user: string, debug: boolean): string {
  const lines: string[] = [];
  const line = (text: string): void => {
    lines.push(text);
  };
  const filled = (label: string, value: string | undefined): void => {
    if (value) lines.push(`${label} ${value}`);
  };
  line(` Containers: ${info.Containers}`);
  line(`  Running: ${info.ContainersRunning}`);
  line(`  Paused: ${info.ContainersPaused}`);
  line(`  Stopped: ${info.ContainersStopped}`);
  line(` Images: ${info.Images}`);
  filled(' Server Version:', info.ServerVersion);
  filled(' Storage Driver:', info.Driver);
  for (const [key, value] of info.DriverStatus ?? []) line(`  ${key}: ${value}`);
  filled(' Logging Driver:', info.LoggingDriver);
  filled(' Cgroup Driver:', info.CgroupDriver);
  filled(' Cgroup Version:', info.CgroupVersion);
  line(' Plugins:');
  line(`  Volume: ${(info.Plugins.Volume ?? []).join(' ')}`);
  line(`  Network: ${(info.Plugins.Network ?? []).join(' ')}`);
  line(`  Log: ${(info.Plugins.Log ?? []).join(' ')}`);
  if ((info.CDISpecDirs ?? []).length > 0) lines.push(' CDI spec directories:', ...info.CDISpecDirs.map((dir) => `  ${dir}`));
  line(` Swarm: ${info.Swarm.LocalNodeState}`);
  lines.push(...swarmLines(info.Swarm));
  const runtimes = Object.keys(info.Runtimes ?? {}).sort();
  if (runtimes.length > 0) lines.push(` Runtimes: ${runtimes.join(' ')}`, ` Default Runtime: ${info.DefaultRuntime}`);
  line(` Init Binary: ${info.InitBinary}`);
  line(` containerd version: ${info.ContainerdCommit.ID}`);
  line(` runc version: ${info.RuncCommit.ID}`);
  line(` init version: ${info.InitCommit.ID}`);
  lines.push(...securityLines(info.SecurityOptions ?? []));
  filled(' Kernel Version:', info.KernelVersion);
  filled(' Operating System:', info.OperatingSystem);
  filled(' OSType:', info.OSType);
  filled(' Architecture:', info.Architecture);
  line(` CPUs: ${info.NCPU}`);
  line(` Total Memory: ${binarySize(info.MemTotal)}`);
  filled(' Name:', info.Name);
  filled(' ID:', info.ID);
  line(` Docker Root Dir: ${info.DockerRootDir}`);
  line(` Debug Mode: ${info.Debug}`);
  if (info.Debug || debug) {
    line(`  File Descriptors: ${info.NFd}`);
    line(`  Goroutines: ${info.NGoroutines}`);
    line(`  System Time: ${info.SystemTime}`);
    line(`  EventsListeners: ${info.NEventsListener}`);
  }
  filled(' HTTP Proxy:', info.HttpProxy);
  filled(' HTTPS Proxy:', info.HttpsProxy);
  filled(' No Proxy:', info.NoProxy);
  filled(' Username:', user);
  if ((info.Labels ?? []).length > 0) lines.push(' Labels:', ...info.Labels.map((label) => `  ${label}`));
  line(` Experimental: ${info.ExperimentalBuild}`);
  const insecure = Object.values(info.RegistryConfig.IndexConfigs ?? {}).filter((index) => !index.Secure);
  line(' Insecure Registries:');
  lines.push(...[...insecure.map((index) => index.Name), ...(info.RegistryConfig.InsecureRegistryCIDRs ?? [])].map((name) => `  ${name}`));
  const mirrors = info.RegistryConfig.Mirrors ?? [];
  if (mirrors.length > 0) lines.push(' Registry Mirrors:', ...mirrors.map((mirror) => `  ${mirror}`));
  line(` Live Restore Enabled: ${info.LiveRestoreEnabled}`);
  return `${lines.join('\n')}\n\n`;
}

function swarmLines(swarm: Info['Swarm']): readonly string[] {
  if (swarm.LocalNodeState === 'inactive' || swarm.LocalNodeState === 'locked') return [];
  return [`  NodeID: ${swarm.NodeID}`, `  Is Manager: ${swarm.ControlAvailable}`, `  Node Address: ${swarm.NodeAddr}`];
}

/** 'name=seccomp,profile=builtin' */
function securityLines(options: readonly string[]): readonly string[] {
  if (options.length === 0) return [];
  const lines = [' Security Options:'];
  for (const option of options) {
    const pairs = new Map(option.split(',').map((pair) => pair.split('=', 2) as [string, string]));
    lines.push(`  ${pairs.get('name') ?? option}`);
    const profile = pairs.get('profile');
    if (profile !== undefined) lines.push(`   Profile: ${profile}`);
  }
  return lines;
}
