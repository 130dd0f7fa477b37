/** Names of what the daemon has, for completion. A daemon that does not answer is an error to the shell. */
import type { ContainerSummary } from '../../../api/types/container.ts';
import type { ImageSummary } from '../../../api/types/image.ts';
import type { NetworkInspect } from '../../../api/types/network.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { ERROR, type Offer, words } from './candidates.ts';

/** 'running' are those that are not paused, 'live' both of them, 'stopped' the others. */
export type ContainerSet = 'all' | 'running' | 'paused' | 'live' | 'stopped';

const IN_SET: Readonly<Record<ContainerSet, (state: string) => boolean>> = {
  all: () => true,
  running: (state) => state === 'running',
  paused: (state) => state === 'paused',
  live: (state) => state === 'running' || state === 'paused' || state === 'restarting',
  stopped: (state) => state !== 'running' && state !== 'paused' && state !== 'restarting',
};

export function* containers(cli: Cli, set: ContainerSet): Sim<readonly string[]> {
  const all = yield* get<readonly ContainerSummary[]>(cli, '/containers/json?all=1');
  return all.filter((c) => IN_SET[set](c.State)).map((c) => c.Names[0]?.replace(/^\//, '') ?? c.Id.slice(0, 12));
}

export function* images(cli: Cli): Sim<readonly string[]> {
  const all = yield* get<readonly ImageSummary[]>(cli, '/images/json');
  return all.flatMap((i) => i.RepoTags ?? []).filter((name) => name !== '<none>:<none>');
}

export function* networks(cli: Cli): Sim<readonly string[]> {
  return (yield* get<readonly NetworkInspect[]>(cli, '/networks')).map((n) => n.Name);
}

/** Names of the containers in a network. */
export function* networkMembers(cli: Cli, network: string): Sim<readonly string[]> {
  const found = yield* get<NetworkInspect>(cli, `/networks/${encodeURIComponent(network)}`);
  return Object.values(found.Containers ?? {}).map((c) => c.Name);
}

export function* volumes(cli: Cli): Sim<readonly string[]> {
  const { Volumes } = yield* get<{ readonly Volumes: readonly { readonly Name: string }[] | null }>(cli, '/volumes');
  return (Volumes ?? []).map((v) => v.Name);
}

interface Named {
  readonly ID: string;
  readonly Spec: { readonly Name?: string; readonly Labels?: Readonly<Record<string, string>> };
  readonly Description?: { readonly Hostname?: string };
}

/** Of a swarm: 'nodes', 'services', 'configs', 'secrets'. Nodes have host names. */
export function* swarmObjects(cli: Cli, kind: string): Sim<readonly string[]> {
  const all = yield* get<readonly Named[]>(cli, `/${kind}`);
  return all.map((o) => o.Description?.Hostname || o.Spec.Name || o.ID);
}

/** Names of stacks: services say to which they belong. */
export function* stacks(cli: Cli): Sim<readonly string[]> {
  const all = yield* get<readonly Named[]>(cli, '/services');
  return [...new Set(all.flatMap((s) => s.Spec.Labels?.['com.docker.stack.namespace'] ?? []))].sort();
}

/** What a query found, or that it failed. */
export function* offered(query: Sim<readonly string[]>, directive?: number): Sim<Offer> {
  try {
    return words(yield* query, directive);
  } catch (error) {
    if (error instanceof CliError) return { list: [], directive: ERROR };
    throw error;
  }
}

function* get<T>(cli: Cli, path: string): Sim<T> {
  return yield* (yield* cli.engine()).get<T>(path);
}
