/** The parts of IndexedDB that the log needs (idb-keyval fits). */
export interface KeyValue {
  keys(): Promise<string[]>;
  getMany(keys: string[]): Promise<unknown[]>;
  set(key: string, value: unknown): Promise<void>;
  delMany(keys: string[]): Promise<void>;
}

/** The parts of localStorage that the log needs. */
export interface Tail {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface SavedLog {
  /** Seed and preset: what a world starts from. */
  readonly header: unknown;
  readonly entries: readonly unknown[];
}

interface TailRecord {
  header: unknown;
  from: number;
  entries: unknown[];
}

/**
 * Keeps one session's input log. Entries go to the tail (localStorage, synchronous) at once, so a reload at any moment
 * loses nothing, and in chunks to IndexedDB, which has room for a long session.
 */
export class LogStore {
  readonly id: string;
  readonly #kv: KeyValue;
  readonly #tail: Tail;
  #header: unknown;
  /** Entries that are safe in IndexedDB. */
  #kept = 0;
  #pending: unknown[] = [];
  #flushing: Promise<void> | undefined;
  #chunks: string[] = [];

  constructor(id: string, kv: KeyValue, tail: Tail) {
    this.id = id;
    this.#kv = kv;
    this.#tail = tail;
  }

  get #tailKey(): string {
    return `drydock.tail.${this.id}`;
  }

  /** What was saved, or undefined for a session that has no log. */
  async load(): Promise<SavedLog | undefined> {
    const keys = (await this.#kv.keys()).filter((key) => key.startsWith(`${this.id}/`)).sort();
    const chunks = (await this.#kv.getMany(keys)) as { header: unknown; from: number; entries: unknown[] }[];
    const entries: unknown[] = [];
    let header: unknown;
    for (const chunk of chunks) {
      header = chunk.header;
      entries.splice(chunk.from, entries.length, ...chunk.entries);
    }
    this.#kept = entries.length;
    this.#chunks = keys;
    const tail = this.#readTail();
    if (tail) {
      header = tail.header;
      if (tail.from <= entries.length) {
        entries.splice(tail.from, entries.length, ...tail.entries);
        this.#pending = entries.slice(this.#kept);
      }
    }
    if (header === undefined) return undefined;
    this.#header = header;
    if (keys.length > 1) await this.#compact(entries.slice(0, this.#kept));
    return { header, entries };
  }

  /** Starts a log; an older one of this id goes. */
  begin(header: unknown): void {
    this.#header = header;
    this.#kept = 0;
    this.#pending = [];
    this.#writeTail();
  }

  /** The log's length so far. */
  get length(): number {
    return this.#kept + this.#pending.length;
  }

  append(entries: readonly unknown[]): void {
    if (entries.length === 0) return;
    this.#pending.push(...entries);
    this.#writeTail();
  }

  /** Moves what is in the tail to IndexedDB. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const entries = [...this.#pending];
    if (entries.length === 0) return;
    const key = `${this.id}/${String(this.#kept).padStart(9, '0')}`;
    await this.#kv.set(key, { header: this.#header, from: this.#kept, entries });
    this.#chunks.push(key);
    this.#kept += entries.length;
    this.#pending.splice(0, entries.length);
    this.#writeTail();
  }

  async #compact(entries: readonly unknown[]): Promise<void> {
    const [first, ...rest] = this.#chunks;
    await this.#kv.set(first!, { header: this.#header, from: 0, entries });
    await this.#kv.delMany(rest);
    this.#chunks = [first!];
  }

  async remove(): Promise<void> {
    this.#tail.removeItem(this.#tailKey);
    const keys = (await this.#kv.keys()).filter((key) => key.startsWith(`${this.id}/`));
    await this.#kv.delMany(keys);
  }

  #readTail(): TailRecord | undefined {
    const text = this.#tail.getItem(this.#tailKey);
    return text === null ? undefined : (JSON.parse(text) as TailRecord);
  }

  #writeTail(): void {
    const record: TailRecord = { header: this.#header, from: this.#kept, entries: this.#pending };
    this.#tail.setItem(this.#tailKey, JSON.stringify(record));
  }
}
