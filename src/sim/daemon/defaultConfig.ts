/** A daemon as the packages of Docker CE 28.2.2 set it up on a Debian machine; what differs is passed in. */
import type { DaemonConfig } from './services.ts';

export function defaultConfig(over: Partial<DaemonConfig> & Pick<DaemonConfig, 'hostname' | 'engineId'>): DaemonConfig {
  return {
    version: '28.2.2',
    apiVersion: '1.50',
    minApiVersion: '1.24',
    gitCommit: '45873be',
    goVersion: 'go1.24.3',
    buildTime: '2025-05-30T12:07:15.000000000+00:00',
    containerdVersion: '1.7.27',
    containerdCommit: '05044ec0a9a75232cad458027ca83437aae3f4da',
    runcVersion: '1.2.5',
    runcCommit: 'v1.2.5-0-g59923ef',
    initVersion: '0.19.0',
    initCommit: 'de40ad0',
    platformName: 'Docker Engine - Community',
    root: '/var/lib/docker',
    execRoot: '/var/run/docker',
    hosts: ['unix:///run/docker.sock'],
    bridge: '',
    cgroupVersion: '2',
    cgroupDriver: 'systemd',
    insecureRegistries: [],
    registryMirrors: [],
    labels: [],
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    osVersion: '12',
    cpus: 2,
    memory: 4_108_304_384,
    ...over,
  };
}

/** The engine on which the shared transcripts were recorded: Debian's 28.5.2 with cgroup v1. */
export const RECORDED_ENGINE: Partial<DaemonConfig> = {
  version: '28.5.2+dfsg4',
  apiVersion: '1.51',
  gitCommit: '3ef3c07c883be49a2e8097bcf6d2952fce1d70eb',
  goVersion: 'go1.27.1',
  buildTime: '2026-09-15T11:02:57.000000000+00:00',
  containerdVersion: '2.1.9+unknown',
  containerdCommit: '',
  runcVersion: '1.3.3',
  runcCommit: '',
  initCommit: '',
  platformName: '',
  cgroupVersion: '1',
  cgroupDriver: 'cgroupfs',
};
