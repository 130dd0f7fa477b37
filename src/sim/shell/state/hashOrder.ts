import { encodeUtf8 } from '../../lib/utf8.ts';

const BUCKETS = 1024;

function bucket(key: string): number {
  let hash = 2166136261;
  for (const byte of encodeUtf8(key)) hash = (Math.imul(hash, 16777619) ^ byte) >>> 0;
  return hash & (BUCKETS - 1);
}

/** Keys in the order in which bash walks an associative array: by hash bucket, the newest of a bucket first. */
export function hashOrder(table: ReadonlyMap<string, string>): string[] {
  const keys = [...table.keys()].map((key, age) => ({ key, age, at: bucket(key) }));
  return keys.sort((a, b) => a.at - b.at || b.age - a.age).map((k) => k.key);
}
