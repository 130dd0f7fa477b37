/** Which session this tab has, and which one a fresh tab brings back. */
import { local, tab } from '../storage.ts';
import { heldSessions, hold, type Release } from './locks.ts';

export interface Claim {
  readonly id: string;
  readonly release: Release;
  /** Another tab holds the session that a fresh tab would bring back. */
  readonly ownTab: boolean;
  /** The session has just been made up, so nothing is saved of it. */
  readonly fresh: boolean;
}

const lastKey = 'drydock.session';
const tabKey = 'drydock.tab';

/** The moment of its making is in its id: an old log can tell how old it is. */
function newSessionId(): string {
  return (
    Date.now().toString(36) +
    Math.floor(Math.random() * 36 ** 4)
      .toString(36)
      .padStart(4, '0')
  );
}

/** When a session was made, in milliseconds since 1970. */
export const madeAt = (id: string): number => Number.parseInt(id.slice(0, -4), 36) || 0;

/** This tab's own session, else the last one if no other tab holds it, else a new one. */
export async function claimSession(): Promise<Claim> {
  const own = tab.get(tabKey);
  const last = local.get(lastKey);
  const ofTab = own === null ? undefined : await hold(own);
  if (own !== null && ofTab) return { id: own, release: ofTab, ownTab: last !== null && own !== last, fresh: false };
  const ofLast = last === null || last === own ? undefined : await hold(last);
  if (last !== null && ofLast) {
    tab.set(tabKey, last);
    return { id: last, release: ofLast, ownTab: false, fresh: false };
  }
  return newSession();
}

/** A session that nobody had before. */
export async function newSession(): Promise<Claim> {
  const id = newSessionId();
  const release = await hold(id);
  // Nobody else can know the id.
  if (!release) throw new Error(`Session ${id} is held already.`);
  return { id, release, ownTab: await remember(id), fresh: true };
}

/**
 * This tab now has session `id`: a reload of it finds it again. So does a fresh tab, if no other tab holds the one that it found
 * until now; true otherwise.
 */
export async function remember(id: string): Promise<boolean> {
  const last = local.get(lastKey);
  const before = tab.get(tabKey);
  tab.set(tabKey, id);
  const ownTab = last !== null && last !== id && last !== before && (await heldSessions()).has(last);
  if (!ownTab) local.set(lastKey, id);
  return ownTab;
}
