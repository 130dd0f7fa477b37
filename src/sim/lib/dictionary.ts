/** Plain objects as tables under names that a user chose: `constructor` and `toString`, which every object inherits, are names like others. */

/** What the table itself has under the name. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A table that inherits nothing, so that reading and writing with `[name]` are safe, `__proto__` included. Still plain data for JSON. */
export function dictionary<T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
