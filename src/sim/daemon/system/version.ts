/** `docker version`: the server's half. */
import type { Version } from '../../api/types/system.ts';
import type { Sim } from '../../kernel/sim.ts';
import { uname } from '../../kernel/syscalls.ts';
import type { DaemonConfig } from '../services.ts';

export function* version(config: DaemonConfig): Sim<Version> {
  const { release } = yield* uname();
  const details = {
    ApiVersion: config.apiVersion,
    Arch: 'amd64',
    BuildTime: config.buildTime,
    Experimental: 'false',
    GitCommit: config.gitCommit,
    GoVersion: config.goVersion,
    KernelVersion: release,
    MinAPIVersion: config.minApiVersion,
    Os: 'linux',
  };
  return {
    Platform: { Name: config.platformName },
    Components: [
      { Name: 'Engine', Version: config.version, Details: details },
      { Name: 'containerd', Version: config.containerdVersion, Details: { GitCommit: config.containerdCommit } },
      { Name: 'runc', Version: config.runcVersion, Details: { GitCommit: config.runcCommit } },
      { Name: 'docker-init', Version: config.initVersion, Details: { GitCommit: config.initCommit } },
    ],
    Version: config.version,
    ApiVersion: config.apiVersion,
    MinAPIVersion: config.minApiVersion,
    GitCommit: config.gitCommit,
    GoVersion: config.goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: release,
    BuildTime: config.buildTime,
  };
}
