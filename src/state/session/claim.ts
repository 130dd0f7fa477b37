/** Which session this tab holds. A session is held by one tab at a time (a Web Lock says who). */
export interface Claim {
  readonly id: string;
  /** Another tab holds the session that a reload of this browser would bring back. */
  readonly ownTab: boolean;
  /** The session has just been made up, so nothing is saved of it. */
  readonly fresh: boolean;
}

const lastKey = 'drydock.session';
const tabKey = 'drydock.tab';

/** Resolves when the lock is held (true) or another tab has it (false). It is held until the tab goes. */
function hold(id: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void locks.request(`drydock/${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    });
  });
}

export function newSessionId(): string {
  return (
    Date.now().toString(36) +
    Math.floor(Math.random() * 36 ** 4)
      .toString(36)
      .padStart(4, '0')
  );
}

/** This tab's own session, else the last one if no other tab holds it, else a new one. */
export async function claimSession(): Promise<Claim> {
  const tab = sessionStorage.getItem(tabKey);
  const last = localStorage.getItem(lastKey);
  if (tab !== null && (await hold(tab))) return { id: tab, ownTab: last !== null && tab !== last, fresh: false };
  if (last !== null && last !== tab && (await hold(last))) {
    sessionStorage.setItem(tabKey, last);
    return { id: last, ownTab: false, fresh: false };
  }
  const taken = last !== null;
  const id = newSessionId();
  await takeSession(id, !taken);
  return { id, ownTab: taken, fresh: true };
}

/** This tab now holds `id`; with `asLast`, a fresh tab will bring it back. */
export async function takeSession(id: string, asLast: boolean): Promise<void> {
  sessionStorage.setItem(tabKey, id);
  if (asLast) localStorage.setItem(lastKey, id);
  await hold(id);
}
