/** Which containers `docker ps` shows. */
import type { Filters, ListOptions } from '../../api/types/options.ts';
import { type DaemonError, invalid, isDaemonError, system } from '../errors.ts';
import { boolFilter, checkFilters, exactMatch, filterValues, labelMatch, patternMatch } from '../filters.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import type { ContainerServices } from './services.ts';
import { portSummaries } from './shown.ts';
import { isRunning } from './state.ts';

const ACCEPTED = [
  'ancestor',
  'before',
  'exited',
  'id',
  'isolation',
  'label',
  'name',
  'status',
  'health',
  'since',
  'volume',
  'network',
  'is-task',
  'publish',
  'expose',
];
const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const HEALTH = ['none', 'starting', 'healthy', 'unhealthy'];

export interface ListFilter {
  readonly filters: Filters;
  readonly all: boolean;
  readonly limit: number;
  readonly exited: readonly number[];
  readonly before: string | undefined;
  readonly since: string | undefined;
  /** Undefined does not ask. */
  readonly images: ReadonlySet<string> | undefined;
  readonly publish: ReadonlySet<string>;
  readonly expose: ReadonlySet<string>;
  /** No container is a swarm task yet. */
  readonly tasksOnly: boolean;
}

/** Throws Docker's errors for keys and values. */
export function foldFilters(d: ContainerServices, options: ListOptions): ListFilter {
  const { filters } = options;
  checkFilters(filters, ACCEPTED);
  const exited = filterValues(filters, 'exited').map((value) => {
    if (!/^[+-]?\d+$/.test(value)) {
      throw invalid(`invalid filter 'exited=${value}': strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`);
    }
    return Number(value);
  });
  oneOf(filters, 'status', 'state', STATES);
  const tasksOnly = boolFilter(filters, 'is-task', false);
  oneOf(filters, 'health', 'health', HEALTH);
  const marker = (key: string): string | undefined =>
    filterValues(filters, key)
      .map((value) => findContainer(d.records, value).id)
      .at(-1);
  return {
    filters,
    all: options.all || filterValues(filters, 'status').length > 0,
    limit: options.limit,
    exited,
    before: marker('before'),
    since: marker('since'),
    images: filters.has('ancestor') ? imagesBelow(d, filterValues(filters, 'ancestor')) : undefined,
    publish: ports('publish', filterValues(filters, 'publish')),
    expose: ports('expose', filterValues(filters, 'expose')),
    tasksOnly,
  };
}

function oneOf(filters: Filters, key: string, noun: string, known: readonly string[]): void {
  for (const value of filterValues(filters, key)) {
    if (!known.includes(value)) {
      throw invalid(`invalid filter '${key}=${value}': invalid value for ${noun} (${value}): must be one of ${known.join(', ')}`);
    }
  }
}

/** The named images and those that were built on them. */
function imagesBelow(d: ContainerServices, names: readonly string[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const name of names) {
    try {
      out.add(d.images.find(name).id);
    } catch (error) {
      if (!isDaemonError(error)) throw error;
    }
  }
  for (let grew = true; grew; ) {
    grew = false;
    for (const image of d.records.all('images')) {
      if (image.parent === '' || out.has(image.id) || !out.has(image.parent)) continue;
      out.add(image.id);
      grew = true;
    }
  }
  return out;
}

function ports(key: string, values: readonly string[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const value of values) {
    if (value.includes(':')) throw system(`filter for '${key}' should not contain ':': ${value}`);
    const [range, protocol = 'tcp'] = value.split('/');
    const fail = (text: string): DaemonError => system(`error while looking up for ${key} ${value}: ${text}`);
    if (range === '') throw fail('empty string specified for ports.');
    const [start, end = start] = range.split('-');
    for (const part of [start, end]) {
      if (!/^\d+$/.test(part)) throw fail(`strconv.ParseUint: parsing ${JSON.stringify(part)}: invalid syntax`);
      if (Number(part) > 65_535) throw fail(`strconv.ParseUint: parsing ${JSON.stringify(part)}: value out of range`);
    }
    if (Number(end) < Number(start)) throw fail(`invalid range specified for port: ${range}`);
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw fail(`invalid proto: ${protocol}`);
    for (let port = Number(start); port <= Number(end); port++) out.add(`${port}/${protocol}`);
  }
  return out;
}

/** `newestFirst` without what the filter does not want, cut at its limit. */
export function keepListed(newestFirst: readonly ContainerRecord[], filter: ListFilter): ContainerRecord[] {
  const out: ContainerRecord[] = [];
  let passedBefore = filter.before === undefined;
  for (const c of newestFirst) {
    if (!passedBefore) {
      passedBefore = c.id === filter.before;
      continue;
    }
    if (c.id === filter.since) break;
    if (filter.limit > 0 && out.length === filter.limit) break;
    if (wanted(c, filter)) out.push(c);
  }
  return out;
}

function wanted(c: ContainerRecord, f: ListFilter): boolean {
  const { filters } = f;
  if (!isRunning(c) && !f.all && f.limit <= 0) return false;
  if (!patternMatch(filters, 'name', `/${c.name}`) && !patternMatch(filters, 'name', c.name)) return false;
  if (!patternMatch(filters, 'id', c.id)) return false;
  if (f.tasksOnly) return false;
  if (!labelMatch(filters, 'label', c.config.Labels)) return false;
  if (f.exited.length > 0 && (isRunning(c) || c.state.startedAt === undefined || !f.exited.includes(c.state.exitCode))) return false;
  if (!patternMatch(filters, 'status', c.state.status)) return false;
  if (!exactMatch(filters, 'health', c.state.health?.status ?? 'none')) return false;
  const volumes = filterValues(filters, 'volume');
  if (volumes.length > 0 && !c.mounts.some((m) => volumes.includes(m.Destination) || volumes.includes(m.Name || m.Source))) return false;
  if (f.images && !f.images.has(c.imageId)) return false;
  const networks = filterValues(filters, 'network');
  if (networks.length > 0 && !c.network.endpoints.some((e) => networks.some((n) => e.network === n || e.settings.NetworkID.startsWith(n))))
    return false;
  if (f.publish.size > 0 || f.expose.size > 0) {
    return portSummaries(c).some((p) => f.publish.has(`${p.PublicPort ?? 0}/${p.Type}`) || f.expose.has(`${p.PrivatePort}/${p.Type}`));
  }
  return true;
}
