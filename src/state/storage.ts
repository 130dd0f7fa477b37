/**
 * What the browser keeps of small texts: for the page (`local`) and for this tab alone (`tab`). A browser may forbid both (blocked
 * cookies, a sandboxed frame of a learning platform): the mere look at them then throws, and a memory that goes with the page stands in.
 */
export interface SmallStorage {
  get(key: string): string | null;
  /** False when there is no room for it. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  keys(): readonly string[];
  /** True when a reload finds again what was set. */
  readonly lasts: boolean;
}

function memoryStorage(): SmallStorage {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => {
      kept.set(key, value);
      return true;
    },
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
    lasts: false,
  };
}

/** The browser's own, or a memory in its place where it may not be looked at. */
export function openStorage(look: () => Storage | null | undefined): SmallStorage {
  try {
    const storage = look();
    if (!storage) return memoryStorage();
    storage.getItem('drydock');
    return {
      get: (key) => storage.getItem(key),
      set: (key, value) => {
        try {
          storage.setItem(key, value);
          return true;
        } catch {
          return false;
        }
      },
      remove: (key) => storage.removeItem(key),
      keys: () => Object.keys(storage),
      lasts: true,
    };
  } catch {
    return memoryStorage();
  }
}

export const local = openStorage(() => globalThis.localStorage);
export const tab = openStorage(() => globalThis.sessionStorage);

/** A reload finds its session again. */
export const storageLasts = local.lasts && tab.lasts;
