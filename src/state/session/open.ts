import { createStore, delMany, getMany, keys, set } from 'idb-keyval';
import { local } from '../storage.ts';
import { type Claim, claimSession } from './claim.ts';
import { type KeyValue, LogStore, type SavedLog } from './logStore.ts';

export interface OpenLog {
  /** Undefined where the browser keeps nothing for the page. */
  readonly log: LogStore | undefined;
  readonly saved: SavedLog | undefined;
  /** What is saved is broken: why. */
  readonly broken?: string;
}

export type OpenSession = Claim & OpenLog;

let db: ReturnType<typeof createStore> | undefined;
const store = () => (db ??= createStore('drydock', 'log'));
const indexedDb: KeyValue = {
  keys: () => keys<string>(store()),
  getMany: (names) => getMany(names, store()),
  set: (name, value) => set(name, value, store()),
  delMany: (names) => delMany(names, store()),
};

export const logStore = (id: string): LogStore => new LogStore(id, indexedDb, local);

/** Sessions of which there is a log. */
export const storedSessions = (): Promise<ReadonlySet<string>> => LogStore.ids(indexedDb, local);

/** The log of a session and what was saved of it; a session that is known to be new is not looked up. */
export async function openLog(id: string, fresh: boolean): Promise<OpenLog> {
  const log = logStore(id);
  if (fresh) return { log, saved: undefined };
  try {
    return { log, saved: await log.load() };
  } catch (error) {
    if (!(await opens())) return { log: undefined, saved: undefined };
    return { log, saved: undefined, broken: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the browser lets the page have a database at all. */
async function opens(): Promise<boolean> {
  try {
    await store()('readonly', () => undefined);
    return true;
  } catch {
    return false;
  }
}

/** This tab's session. Begun by the first script, so that storage answers while the engine loads. */
export async function openSession(): Promise<OpenSession> {
  const claim = await claimSession();
  return { ...claim, ...(await openLog(claim.id, claim.fresh)) };
}
