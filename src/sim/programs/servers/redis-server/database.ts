/** The data of a Redis server. Times are milliseconds since 1970. */

/** A value of each of the types. */
export type Value =
  | { readonly type: 'string'; text: string }
  | { readonly type: 'list'; readonly items: string[] }
  | { readonly type: 'hash'; readonly fields: Map<string, string> }
  | { readonly type: 'set'; readonly members: Set<string> }
  | { readonly type: 'zset'; readonly scores: Map<string, number> };

/** What a key holds. */
export interface Entry {
  value: Value;
  /** When it goes, or undefined. */
  expires: number | undefined;
}

/** One of the numbered databases. */
export class Database {
  readonly entries = new Map<string, Entry>();
  /** Changes since the last save. */
  dirty = 0;

  get(key: string, now: number): Value | undefined {
    const entry = this.entries.get(key);
    if (entry?.expires !== undefined && entry.expires <= now) {
      this.entries.delete(key);
      return undefined;
    }
    return entry?.value;
  }

  set(key: string, value: Value, expires?: number): void {
    this.entries.set(key, { value, expires });
  }

  expiry(key: string): number | undefined {
    return this.entries.get(key)?.expires;
  }

  setExpiry(key: string, expires: number | undefined): void {
    const entry = this.entries.get(key);
    if (entry) entry.expires = expires;
  }

  keys(now: number): string[] {
    return [...this.entries.keys()].filter((key) => this.get(key, now) !== undefined);
  }

  /** Commands that rebuild the data: an append-only file, or a dump. */
  commands(now: number): string[][] {
    const out: string[][] = [];
    for (const key of this.keys(now)) {
      const value = this.get(key, now) as Value;
      if (value.type === 'string') out.push(['SET', key, value.text]);
      else if (value.type === 'list') out.push(['RPUSH', key, ...value.items]);
      else if (value.type === 'hash') out.push(['HSET', key, ...[...value.fields].flat()]);
      else if (value.type === 'set') out.push(['SADD', key, ...value.members]);
      else out.push(['ZADD', key, ...[...value.scores].flatMap(([member, score]) => [formatScore(score), member])]);
      const expires = this.expiry(key);
      if (expires !== undefined) out.push(['PEXPIREAT', key, String(expires)]);
    }
    return out;
  }
}

/** A score as replies show it. */
export function formatScore(score: number): string {
  return score === Number.POSITIVE_INFINITY ? 'inf' : score === Number.NEGATIVE_INFINITY ? '-inf' : String(score);
}
