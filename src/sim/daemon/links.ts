/** `--link NAME[:ALIAS]`, of the default bridge. */
import type { RecordStore } from '../lib/records.ts';
import { invalid } from './errors.ts';
import { tryFindContainer } from './find.ts';
import type { ContainerRecord, DaemonTables } from './records.ts';

export interface Link {
  readonly target: string;
  /** The name by which the other is known; without the path that old engines put before it. */
  readonly name: string;
}

export function linksOf(container: ContainerRecord): readonly Link[] {
  return (container.hostConfig.Links ?? []).map((link) => {
    const [target, alias = target] = link.replace(/^\//, '').split(':');
    return { target, name: alias.split('/').at(-1)! };
  });
}

/** The container at the other end. Throws invalid when there is none. */
export function linkTarget(records: RecordStore<DaemonTables>, { target }: Link): ContainerRecord {
  const other = tryFindContainer(records, target);
  if (!other) throw invalid(`could not get container for ${target}: No such container: ${target}`);
  return other;
}
