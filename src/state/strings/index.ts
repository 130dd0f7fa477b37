import { en, type StringKey } from './en.ts';

export type { StringKey } from './en.ts';

let catalogue: Readonly<Record<StringKey, string>> = en;

/**
 * Puts another language in place of English; a key that it lacks stays English.
 * @public for a page in another language
 */
export function useCatalogue(other: Partial<Record<StringKey, string>>): void {
  catalogue = { ...en, ...other };
}

/** The sentence for `key`, with each `{name}` filled in from `values`. */
export function t(key: StringKey, values: Readonly<Record<string, string | number>> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The form of a counted noun: `key.one` for one, `key.other` otherwise. */
export function tn(key: 'count.images' | 'count.containers' | 'count.lines' | 'time.calls', n: number): string {
  return t(n === 1 ? `${key}.one` : `${key}.other`, { n });
}
