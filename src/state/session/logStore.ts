import type { SmallStorage } from '../storage.ts';

/** The parts of IndexedDB that the log needs (idb-keyval fits). */
export interface KeyValue {
  keys(): Promise<string[]>;
  getMany(keys: string[]): Promise<unknown[]>;
  set(key: string, value: unknown): Promise<void>;
  delMany(keys: string[]): Promise<void>;
}

/** The small storage (localStorage) that takes an entry before its key press is over. */
export type Tail = Pick<SmallStorage, 'get' | 'set' | 'remove' | 'keys'>;

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

const tailPrefix = 'drydock.tail.';

/**
 * Keeps one session's input log. Entries go to the tail (localStorage, synchronous) at once, so a reload at any moment
 * loses nothing, and in chunks to IndexedDB, which has room for a long session. Where the tail has no room, IndexedDB alone keeps it.
 */
export class LogStore {
  readonly id: string;
  readonly #kv: KeyValue;
  readonly #tail: Tail;
  #header: unknown;
  /** Entries that are safe in IndexedDB. */
  #kept = 0;
  #pending: unknown[] = [];
  #tailHolds = true;
  #flushing: Promise<void> | undefined;
  #chunks: string[] = [];

  constructor(id: string, kv: KeyValue, tail: Tail) {
    this.id = id;
    this.#kv = kv;
    this.#tail = tail;
  }

  get #tailKey(): string {
    return tailPrefix + this.id;
  }

  /** Sessions of which there is a log, in the one place or the other. */
  static async ids(kv: KeyValue, tail: Tail): Promise<ReadonlySet<string>> {
    const chunks = (await kv.keys()).map((key) => key.slice(0, key.lastIndexOf('/')));
    return new Set([...chunks, ...tail.keys().flatMap((key) => (key.startsWith(tailPrefix) ? [key.slice(tailPrefix.length)] : []))]);
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
      // A log only grows: the longer one is the newer. A tail that found no more room has fallen behind the chunks.
      if (tail.from <= entries.length && tail.from + tail.entries.length > entries.length) {
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
    for (const entry of entries) this.#pending.push(entry);
    this.#writeTail();
  }

  /** The tail had no room for what came last, so that is safe only after a flush. */
  get atRisk(): boolean {
    return this.#pending.length > 0 && !this.#tailHolds;
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
    this.#tail.remove(this.#tailKey);
    const keys = (await this.#kv.keys()).filter((key) => key.startsWith(`${this.id}/`));
    await this.#kv.delMany(keys);
  }

  #readTail(): TailRecord | undefined {
    const text = this.#tail.get(this.#tailKey);
    return text === null ? undefined : (JSON.parse(text) as TailRecord);
  }

  #writeTail(): void {
    const record: TailRecord = { header: this.#header, from: this.#kept, entries: this.#pending };
    this.#tailHolds = this.#tail.set(this.#tailKey, JSON.stringify(record));
  }
}
