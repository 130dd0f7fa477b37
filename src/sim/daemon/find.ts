/** Looking objects up as the command line names them. */
import type { RecordStore } from '../lib/records.ts';
import { invalid, notFound } from './errors.ts';
import type { ContainerRecord, DaemonTables } from './records.ts';

/**
 * By full id, then name (with or without a slash), then a prefix of the id that only one container has. Throws notFound,
 * or invalid for a prefix of several.
 */
export function findContainer(records: RecordStore<DaemonTables>, nameOrId: string): ContainerRecord {
  const found = tryFindContainer(records, nameOrId);
  if (!found) throw notFound(`No such container: ${nameOrId}`);
  return found;
}

export function tryFindContainer(records: RecordStore<DaemonTables>, nameOrId: string): ContainerRecord | undefined {
  if (nameOrId === '') throw invalid('container name or ID is empty');
  const exact = records.get('containers', nameOrId);
  if (exact) return exact;
  const containers = records.all('containers');
  const name = nameOrId.startsWith('/') ? nameOrId.slice(1) : nameOrId;
  const named = containers.find((c) => c.name === name);
  if (named) return named;
  const prefixed = containers.filter((c) => c.id.startsWith(nameOrId));
  if (prefixed.length > 1) throw invalid(`multiple IDs found with provided prefix: ${nameOrId}`);
  return prefixed[0];
}

/** What is left of a container after the world moved on; throws notFound when it was removed meanwhile. */
export function freshContainer(records: RecordStore<DaemonTables>, id: string): ContainerRecord {
  const found = records.get('containers', id);
  if (!found) throw notFound(`No such container: ${id}`);
  return found;
}
