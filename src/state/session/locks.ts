/** A session is held by one tab at a time: two would write one log. A Web Lock says who has it, and goes with its tab. */

/** Lets go of a session; settles when another tab can take it. */
export type Release = () => Promise<void>;

const prefix = 'drydock/';
const nothing: Release = () => Promise.resolve();

/** Undefined where the browser has no locks (a page that did not come by https). */
const locks = (): LockManager | undefined => globalThis.navigator?.locks as LockManager | undefined;

/** False: nobody can tell what other tabs hold. */
export const canTell = (): boolean => locks() !== undefined;

/** Takes a session for this tab; undefined when another one has it. */
export function hold(id: string): Promise<Release | undefined> {
  const manager = locks();
  if (!manager) return Promise.resolve(nothing);
  return new Promise((resolve) => {
    const gone = manager
      .request(prefix + id, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(undefined);
        return new Promise<void>((letGo) => {
          resolve(() => {
            letGo();
            return gone;
          });
        });
      })
      // A frame without an origin may ask for no lock: nobody shares its storage either.
      .then(undefined, () => resolve(nothing));
  });
}

/** The sessions that tabs of this browser hold, this one's among them. */
export async function heldSessions(): Promise<ReadonlySet<string>> {
  const state = await locks()
    ?.query()
    .catch(() => undefined);
  return new Set((state?.held ?? []).flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
