import { TOOL_MEMORY_MAX } from '../../../kernel/limits.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { AwkRuntimeError } from './format.ts';
import { type AwkValue, StrNum } from './values.ts';

/** FNV-1a, by which mawk spreads keys; `for (k in a)` walks its buckets. */
function hash(key: string): number {
  let h = 2166136261;
  for (const byte of encodeUtf8(key)) h = Math.imul(h ^ byte, 16777619);
  return h >>> 0;
}

interface Slot {
  value: AwkValue;
  /** Later ones stand before earlier ones in their bucket. */
  stamp: number;
  /** Made with a whole number as key. */
  readonly whole: boolean;
}

const BUCKETS = 64;
const PER_BUCKET = 12;

/** What an element takes besides its characters, bytes. */
const ELEMENT_BYTES = 64;

/** Counts what the arrays of one program keep, bytes. */
export class AwkMemory {
  #held = 0;

  /** Throws when it is too much. */
  change(bytes: number): void {
    this.#held += bytes;
    if (bytes > 0 && this.#held > TOOL_MEMORY_MAX) throw new AwkRuntimeError('out of memory');
  }
}

const valueBytes = (value: AwkValue): number =>
  typeof value === 'string' ? value.length : value instanceof StrNum ? value.text.length : 0;
const slotBytes = (key: string, slot: Slot): number => ELEMENT_BYTES + key.length + valueBytes(slot.value);

/** An awk array, iterated in mawk's order. */
export class AwkArray {
  readonly #slots = new Map<string, Slot>();
  /** What the arrays of a program keep together. */
  readonly #kept: AwkMemory;
  #clock = 0;

  constructor(kept: AwkMemory) {
    this.#kept = kept;
  }

  get size(): number {
    return this.#slots.size;
  }

  get(key: string, whole: boolean): AwkValue {
    return this.#slot(key, whole).value;
  }

  set(key: string, value: AwkValue, whole: boolean): void {
    const slot = this.#slot(key, whole);
    this.#kept.change(valueBytes(value) - valueBytes(slot.value));
    slot.value = value;
  }

  has(key: string): boolean {
    return this.#slots.has(key);
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (slot) this.#kept.change(-slotBytes(key, slot));
    this.#slots.delete(key);
  }

  clear(): void {
    for (const [key, slot] of this.#slots) this.#kept.change(-slotBytes(key, slot));
    this.#slots.clear();
  }

  #slot(key: string, whole: boolean): Slot {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = { value: undefined, stamp: whole ? Number(key) : ++this.#clock + 1e9, whole };
      this.#slots.set(key, slot);
      this.#kept.change(slotBytes(key, slot));
    } else if (!whole && !slot.whole) slot.stamp = ++this.#clock + 1e9;
    return slot;
  }

  keys(): string[] {
    let buckets = BUCKETS;
    while (this.#slots.size > buckets * PER_BUCKET) buckets *= 2;
    return [...this.#slots]
      .map(([key, slot]) => ({ key, bucket: hash(key) & (buckets - 1), stamp: slot.stamp }))
      .sort((a, b) => a.bucket - b.bucket || b.stamp - a.stamp)
      .map((e) => e.key);
  }
}
