import { createStore, delMany, getMany, keys, set } from 'idb-keyval';
import { claimSession } from './claim.ts';
import { type KeyValue, LogStore, type SavedLog } from './logStore.ts';

export interface OpenSession {
  readonly id: string;
  /** Another tab holds the session that a reload would bring back. */
  readonly ownTab: boolean;
  /** Undefined where the browser keeps nothing for the page. */
  readonly log: LogStore | undefined;
  readonly saved: SavedLog | undefined;
}

function indexedDb(): KeyValue {
  let db: ReturnType<typeof createStore> | undefined;
  const store = () => (db ??= createStore('drydock', 'log'));
  return {
    keys: () => keys<string>(store()),
    getMany: (names) => getMany(names, store()),
    set: (name, value) => set(name, value, store()),
    delMany: (names) => delMany(names, store()),
  };
}

export const logStore = (id: string): LogStore => new LogStore(id, indexedDb(), localStorage);

/** The log of a session and what was saved of it; a session that is known to be new is not looked up. */
export async function openLog(id: string, fresh: boolean): Promise<Pick<OpenSession, 'log' | 'saved'>> {
  try {
    const log = logStore(id);
    return { log, saved: fresh ? undefined : await log.load() };
  } catch {
    return { log: undefined, saved: undefined };
  }
}

/** This tab's session. Begun by the first script, so that storage answers while the engine loads. */
export async function openSession(): Promise<OpenSession> {
  const { id, ownTab, fresh } = await claimSession();
  return { id, ownTab, ...(await openLog(id, fresh)) };
}
