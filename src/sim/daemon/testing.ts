/** Builders for tests: records with good defaults. */
import type { ContainerConfig } from '../api/types/common.ts';
import type { HostConfig } from '../api/types/container.ts';
import type { Cause } from '../lib/records.ts';
import { RecordStore } from '../lib/records.ts';
import { mergeConfig } from './containers/config.ts';
import { completeHostConfig, withDefaults } from './containers/hostConfig.ts';
import { defaultConfig } from './defaultConfig.ts';
import type { ContainerRecord, ContainerState, DaemonTables, ImageRecord } from './records.ts';
import { DAEMON_TABLES } from './records.ts';

export const testCause: Cause = { kind: 'api', id: 1, text: 'test' };
export const testConfig = defaultConfig({ hostname: 'node1', engineId: '750ccae7-f94e-4fa5-946a-d2c69e0f6beb' });

/** A 64-digit id that begins with `prefix`. */
export function testId(prefix: string): string {
  return prefix.padEnd(64, '0');
}

export interface ContainerWishes extends Partial<Omit<ContainerRecord, 'config' | 'hostConfig' | 'state'>> {
  readonly config?: Partial<ContainerConfig>;
  readonly hostConfig?: Partial<HostConfig>;
  readonly state?: Partial<ContainerState>;
}

let made = 0;

/** A created container `sleep 300` of busybox, unless told otherwise. */
export function container(wishes: ContainerWishes = {}): ContainerRecord {
  made++;
  return {
    id: testId(`c${made.toString(16)}a`),
    name: `c${made}`,
    createdAt: made,
    imageId: `sha256:${testId('b')}`,
    layers: [],
    path: 'sleep',
    args: ['300'],
    restartCount: 0,
    manuallyStopped: false,
    hasBeenStarted: false,
    network: { sandboxId: '', sandboxKey: '', ports: {}, gatewayNetwork: '', endpoints: [] },
    mounts: [],
    platform: 'linux',
    mountId: testId('d'),
    ...wishes,
    config: mergeConfig({ Image: 'busybox', Cmd: ['sleep', '300'], ...wishes.config }, undefined),
    hostConfig: withDefaults(completeHostConfig(wishes.hostConfig), testConfig),
    state: {
      status: 'created',
      oomKilled: false,
      pid: 0,
      exitCode: 0,
      error: '',
      startedAt: undefined,
      finishedAt: undefined,
      health: undefined,
      ...wishes.state,
    },
  };
}

export function image(wishes: Partial<ImageRecord> = {}): ImageRecord {
  return {
    id: `sha256:${testId('b')}`,
    tags: ['docker.io/library/busybox:latest'],
    digests: [],
    parent: '',
    rawConfig: '{}',
    created: '2026-01-01T00:00:00Z',
    author: '',
    comment: '',
    dockerVersion: '',
    architecture: 'amd64',
    variant: '',
    os: 'linux',
    config: mergeConfig({ Cmd: ['sh'] }, undefined),
    history: [],
    layers: [],
    size: 1_985_512,
    lastTagTime: undefined,
    addedAt: 0,
    ...wishes,
  };
}

export function recordStore(
  rows: { readonly containers?: readonly ContainerRecord[]; readonly images?: readonly ImageRecord[] } = {},
): RecordStore<DaemonTables> {
  const store = new RecordStore<DaemonTables>({ tables: DAEMON_TABLES, now: () => 0 });
  store.commit(testCause, (tx) => {
    for (const row of rows.containers ?? []) tx.insert('containers', row);
    for (const row of rows.images ?? []) tx.insert('images', row);
  });
  return store;
}
