/**
 * The record store: plain frozen records in tables, changed by commits only.
 *
 * A commit is one visible cause with its effects. It yields a version, a virtual time and the changed records before and after,
 * so events, diagrams, the timeline and the judge need nothing else. Records are JSON: no classes, functions, Dates or Maps.
 */

/** What made a change: a request to a daemon, a process, a timer, the machine's start. */
export interface Cause {
  readonly kind: 'api' | 'process' | 'timer' | 'boot';
  /** Number of the API message, pid, or 0. */
  readonly id: number;
  /** One line for people: 'POST /v1.50/containers/web/start'. */
  readonly text: string;
}

export interface AnyRecord {
  readonly id: string;
}
export type AnyTables = { readonly [table: string]: AnyRecord };

/** One changed record: `before` undefined is an insertion, `after` undefined a removal. */
export interface Change<T extends AnyTables = AnyTables> {
  readonly table: keyof T & string;
  readonly id: string;
  readonly before: T[keyof T] | undefined;
  readonly after: T[keyof T] | undefined;
}

export interface Commit<T extends AnyTables = AnyTables> {
  readonly version: number;
  /** Microseconds since the world's start. */
  readonly time: number;
  readonly cause: Cause;
  readonly changes: readonly Change<T>[];
}

export type Snapshot<T extends AnyTables> = { readonly [K in keyof T]: ReadonlyMap<string, T[K]> };

/** The only place where records change. Throws on what must not happen: inserting twice, updating what is not there. */
export interface Transaction<T extends AnyTables> {
  get<K extends keyof T & string>(table: K, id: string): T[K] | undefined;
  insert<K extends keyof T & string>(table: K, record: T[K]): void;
  update<K extends keyof T & string>(table: K, id: string, patch: Partial<T[K]>): void;
  remove<K extends keyof T & string>(table: K, id: string): void;
}

export interface RecordStoreOptions<T extends AnyTables> {
  readonly tables: readonly (keyof T & string)[];
  /** Virtual time, for the commits. */
  readonly now: () => number;
  /** How many commits are kept to look back; the oldest go first. */
  readonly historyMax?: number;
}

export class RecordStore<T extends AnyTables> {
  readonly #tables = new Map<string, Map<string, AnyRecord>>();
  readonly #published = new Map<string, ReadonlyMap<string, AnyRecord>>();
  readonly #listeners = new Set<(commit: Commit<T>) => void>();
  readonly #now: () => number;
  readonly #historyMax: number;
  readonly #history: Commit<T>[] = [];
  #snapshot: Snapshot<T> | undefined;
  #version = 0;

  constructor(options: RecordStoreOptions<T>) {
    for (const name of options.tables) this.#tables.set(name, new Map());
    this.#now = options.now;
    this.#historyMax = options.historyMax ?? 20_000;
  }

  /** Grows by one with every commit that changed something. */
  get version(): number {
    return this.#version;
  }

  /** The commits that are still kept, oldest first. */
  get history(): readonly Commit<T>[] {
    return this.#history;
  }

  get<K extends keyof T & string>(table: K, id: string): T[K] | undefined {
    return this.#table(table).get(id) as T[K] | undefined;
  }

  /** Live rows in the order of their insertion. Do not hold the iterator over a `yield*`. */
  all<K extends keyof T & string>(table: K): readonly T[K][] {
    return [...this.#table(table).values()] as unknown as T[K][];
  }

  size(table: keyof T & string): number {
    return this.#table(table).size;
  }

  /** Runs `change` and publishes what it changed; if it throws, nothing has changed. */
  commit(cause: Cause, change: (tx: Transaction<T>) => void): Commit<T> {
    const touched = new Map<string, { table: keyof T & string; id: string; before: AnyRecord | undefined }>();
    const touch = (table: keyof T & string, id: string): void => {
      const key = `${table}\0${id}`;
      if (!touched.has(key)) touched.set(key, { table, id, before: this.#table(table).get(id) });
    };
    const tx: Transaction<T> = {
      get: (table, id) => this.get(table, id),
      insert: (table, record) => {
        if (this.#table(table).has(record.id)) throw new Error(`record exists already: ${table}/${record.id}`);
        touch(table, record.id);
        this.#table(table).set(record.id, freeze(record));
      },
      update: (table, id, patch) => {
        const before = this.#table(table).get(id);
        if (!before) throw new Error(`no such record: ${table}/${id}`);
        touch(table, id);
        this.#table(table).set(id, freeze({ ...before, ...patch, id }));
      },
      remove: (table, id) => {
        if (!this.#table(table).has(id)) throw new Error(`no such record: ${table}/${id}`);
        touch(table, id);
        this.#table(table).delete(id);
      },
    };
    try {
      change(tx);
    } catch (error) {
      for (const { table, id, before } of touched.values()) {
        if (before) this.#table(table).set(id, before);
        else this.#table(table).delete(id);
      }
      throw error;
    }
    const changes: Change<T>[] = [];
    for (const { table, id, before } of touched.values()) {
      const after = this.#table(table).get(id);
      if (before === after) continue;
      changes.push({ table, id, before: before as T[keyof T] | undefined, after: after as T[keyof T] | undefined });
      this.#published.delete(table);
      this.#snapshot = undefined;
    }
    const commit: Commit<T> = { version: this.#version + (changes.length > 0 ? 1 : 0), time: this.#now(), cause, changes };
    if (changes.length === 0) return commit;
    this.#version = commit.version;
    this.#history.push(commit);
    if (this.#history.length > this.#historyMax) this.#history.splice(0, this.#history.length - this.#historyMax);
    for (const listener of [...this.#listeners]) listener(commit);
    return commit;
  }

  /** Calls `listener` after each commit; answers with the way to stop it. */
  subscribe(listener: (commit: Commit<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The tables as they are now. An unchanged table keeps its identity from one snapshot to the next. */
  snapshot(): Snapshot<T> {
    if (this.#snapshot) return this.#snapshot;
    const out: Record<string, ReadonlyMap<string, AnyRecord>> = {};
    for (const [name, rows] of this.#tables) {
      let table = this.#published.get(name);
      if (!table) {
        table = new Map(rows);
        this.#published.set(name, table);
      }
      out[name] = table;
    }
    this.#snapshot = out as Snapshot<T>;
    return this.#snapshot;
  }

  /** The tables as they were after commit `version`; undefined when the history does not reach back so far. */
  snapshotAt(version: number): Snapshot<T> | undefined {
    if (version > this.#version) return undefined;
    const oldest = this.#history[0]?.version ?? this.#version + 1;
    if (version < oldest - 1) return undefined;
    const copies = new Map<string, Map<string, AnyRecord>>();
    for (const [name, rows] of this.#tables) copies.set(name, new Map(rows));
    for (let i = this.#history.length - 1; i >= 0 && this.#history[i].version > version; i--) {
      for (const { table, id, before } of this.#history[i].changes) {
        if (before) copies.get(table)?.set(id, before);
        else copies.get(table)?.delete(id);
      }
    }
    return Object.fromEntries(copies) as unknown as Snapshot<T>;
  }

  #table(name: string): Map<string, AnyRecord> {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`no such table: ${name}`);
    return table;
  }
}

/** Freezes deeply and refuses what is not plain data. What is frozen already is not looked at again. */
function freeze<V>(value: V): V {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw new Error(`a record holds a ${typeof value}`);
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null)
    throw new Error('a record holds an instance of a class');
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}
