/** The flags of one command line with their values, read by name and kind. */
import type { FlagSpec } from '../tree.ts';
import { flagKind } from './kinds.ts';

export class Flags {
  readonly #specs: ReadonlyMap<string, FlagSpec>;
  readonly #values = new Map<string, unknown>();

  constructor(specs: readonly FlagSpec[]) {
    this.#specs = new Map(specs.map((s) => [s.long, s]));
  }

  spec(long: string): FlagSpec | undefined {
    return this.#specs.get(long);
  }

  /** Throws the message for "invalid argument". */
  set(spec: FlagSpec, text: string): void {
    const kind = flagKind(spec);
    this.#values.set(spec.long, kind.add(this.#values.get(spec.long), text, spec.long));
  }

  /** Whether it was on the command line. */
  changed(long: string): boolean {
    return this.#values.has(long);
  }

  get changedFlags(): readonly FlagSpec[] {
    return [...this.#values.keys()].map((long) => this.#specs.get(long)!);
  }

  bool(long: string): boolean {
    return (this.#values.get(long) ?? this.#specs.get(long)?.default ?? false) === true;
  }

  string(long: string): string {
    return (this.#values.get(long) ?? this.#specs.get(long)?.default ?? '') as string;
  }

  /** Integers, bytes, nanoseconds, nano CPUs. */
  number(long: string): number {
    const value = this.#values.get(long) ?? this.#specs.get(long)?.default;
    return typeof value === 'number' ? value : 0;
  }

  /** Values in the order in which they came; maps and filters as 'key=value'. */
  list(long: string): readonly string[] {
    return (this.#values.get(long) as readonly string[] | undefined) ?? [];
  }

  /** Later values of a key replace earlier ones. */
  map(long: string): Record<string, string> {
    return keyValues(this.list(long));
  }

  /** What a flag with a form of its own was read into (mounts, networks, ulimits, GPUs). */
  parsed<T>(long: string): readonly T[] {
    return (this.#values.get(long) as readonly T[] | undefined) ?? [];
  }
}

/** 'a=b' to {a: 'b'}; without '=' the value is empty. Sorted as Go's JSON writes maps. */
export function keyValues(entries: readonly string[]): Record<string, string> {
  const map = new Map<string, string>();
  for (const entry of entries) {
    const at = entry.indexOf('=');
    map.set(at < 0 ? entry : entry.slice(0, at), at < 0 ? '' : entry.slice(at + 1));
  }
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
