/** The data of a Redis server and the commands on it. Times are milliseconds since 1970. */

import { Pattern } from '../../../lib/regex/pattern.ts';
import type { Reply } from '../../network/resp.ts';
import { array, bulk, bulks, failure, integer, NIL, OK, status } from '../../network/resp.ts';

export type Value =
  | { readonly type: 'string'; text: string }
  | { readonly type: 'list'; readonly items: string[] }
  | { readonly type: 'hash'; readonly fields: Map<string, string> }
  | { readonly type: 'set'; readonly members: Set<string> }
  | { readonly type: 'zset'; readonly scores: Map<string, number> };

interface Entry {
  value: Value;
  /** When it goes, or undefined. */
  expires: number | undefined;
}

const WRONG_TYPE = failure('WRONGTYPE Operation against a key holding the wrong kind of value');
const NOT_INTEGER = failure('ERR value is not an integer or out of range');
const NOT_FLOAT = failure('ERR value is not a valid float');
const SYNTAX = failure('ERR syntax error');
const wrongArity = (name: string) => failure(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);

/** A command: how many words it wants with its name (negative: at least), whether it changes data, and what it does. */
interface Command {
  readonly arity: number;
  readonly write: boolean;
  run(db: Database, args: readonly string[], now: number, random: (bound: number) => number): Reply;
}

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

export function execute(db: Database, words: readonly string[], now: number, random: (bound: number) => number): Reply {
  const name = words[0].toUpperCase();
  const command = COMMANDS.get(name);
  if (!command) return unknownCommand(words);
  if (command.arity >= 0 ? words.length !== command.arity : words.length < -command.arity) return wrongArity(name);
  const reply = command.run(db, words.slice(1), now, random);
  if (command.write && reply.kind !== 'error') db.dirty++;
  return reply;
}

export function unknownCommand(words: readonly string[]): Reply {
  const args = words
    .slice(1)
    .map((word) => `'${word}' `)
    .join('');
  return failure(`ERR unknown command '${words[0]}', with args beginning with: ${args}`);
}

export function isWrite(name: string): boolean {
  return COMMANDS.get(name.toUpperCase())?.write === true;
}

export function commandCount(): number {
  return COMMANDS.size;
}

function int(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

function formatScore(score: number): string {
  return score === Number.POSITIVE_INFINITY ? 'inf' : score === Number.NEGATIVE_INFINITY ? '-inf' : String(score);
}

/** Glob of KEYS and PSUBSCRIBE. */
export function globPattern(pattern: string): Pattern {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '*') source += '.*';
    else if (c === '?') source += '.';
    else if (c === '[') {
      const end = pattern.indexOf(']', i);
      if (end < 0) source += '\\[';
      else {
        source += `[${pattern.slice(i + 1, end).replaceAll('\\', '\\\\')}]`;
        i = end;
      }
    } else source += c.replace(/[.+^${}()|\]\\]/g, '\\$&');
  }
  return new Pattern(`^${source}$`, 's');
}

function typed<T extends Value['type']>(
  db: Database,
  key: string,
  type: T,
  now: number,
): Extract<Value, { type: T }> | undefined | 'wrong' {
  const value = db.get(key, now);
  if (!value) return undefined;
  return value.type === type ? (value as Extract<Value, { type: T }>) : 'wrong';
}

function addTo(by: (args: readonly string[]) => number | undefined): Command['run'] {
  return (db, args, now) => {
    const step = by(args);
    const value = typed(db, args[0], 'string', now);
    if (value === 'wrong') return WRONG_TYPE;
    const old = value ? int(value.text) : 0;
    if (step === undefined || old === undefined) return NOT_INTEGER;
    if (value) value.text = String(old + step);
    else db.set(args[0], { type: 'string', text: String(step) });
    return integer(old + step);
  };
}

function push(atHead: boolean, onlyExisting: boolean): Command['run'] {
  return (db, [key, ...items], now) => {
    const list = typed(db, key, 'list', now);
    if (list === 'wrong') return WRONG_TYPE;
    if (!list && onlyExisting) return integer(0);
    const target = list ?? { type: 'list' as const, items: [] };
    for (const item of items) {
      if (atHead) target.items.unshift(item);
      else target.items.push(item);
    }
    if (!list) db.set(key, target);
    return integer(target.items.length);
  };
}

function pop(atHead: boolean): Command['run'] {
  return (db, [key, count], now) => {
    const list = typed(db, key, 'list', now);
    if (list === 'wrong') return WRONG_TYPE;
    if (!list) return count === undefined ? NIL : { kind: 'array', items: null };
    const n = count === undefined ? 1 : int(count);
    if (n === undefined || n < 0) return failure('ERR value is out of range, must be positive');
    const taken: string[] = [];
    while (taken.length < n && list.items.length > 0) taken.push((atHead ? list.items.shift() : list.items.pop()) as string);
    if (list.items.length === 0) db.entries.delete(key);
    return count === undefined ? bulk(taken[0]) : bulks(taken);
  };
}

/** Python-like indices as Redis has them, both ends included. */
function slice<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const first = from < 0 ? Math.max(0, items.length + from) : from;
  const last = to < 0 ? items.length + to : to;
  return items.slice(first, last + 1);
}

function expire(unit: number, absolute: boolean): Command['run'] {
  return (db, [key, amount], now) => {
    const n = int(amount);
    if (n === undefined) return NOT_INTEGER;
    if (!db.get(key, now)) return integer(0);
    db.setExpiry(key, (absolute ? 0 : now) + n * unit);
    return integer(1);
  };
}

function remaining(unit: number): Command['run'] {
  return (db, [key], now) => {
    if (!db.get(key, now)) return integer(-2);
    const at = db.expiry(key);
    return integer(at === undefined ? -1 : Math.round((at - now) / unit));
  };
}

function hash(run: (fields: Map<string, string>, args: readonly string[]) => Reply, make = false): Command['run'] {
  return (db, [key, ...args], now) => {
    const value = typed(db, key, 'hash', now);
    if (value === 'wrong') return WRONG_TYPE;
    const target = value ?? { type: 'hash' as const, fields: new Map<string, string>() };
    const reply = run(target.fields, args);
    if (!value && make && target.fields.size > 0) db.set(key, target);
    if (value && target.fields.size === 0) db.entries.delete(key);
    return reply;
  };
}

function set(
  run: (members: Set<string>, args: readonly string[], random: (bound: number) => number) => Reply,
  make = false,
): Command['run'] {
  return (db, [key, ...args], now, random) => {
    const value = typed(db, key, 'set', now);
    if (value === 'wrong') return WRONG_TYPE;
    const target = value ?? { type: 'set' as const, members: new Set<string>() };
    const reply = run(target.members, args, random);
    if (!value && make && target.members.size > 0) db.set(key, target);
    if (value && target.members.size === 0) db.entries.delete(key);
    return reply;
  };
}

function combine(run: (sets: readonly ReadonlySet<string>[]) => string[]): Command['run'] {
  return (db, keys, now) => {
    const sets: ReadonlySet<string>[] = [];
    for (const key of keys) {
      const value = typed(db, key, 'set', now);
      if (value === 'wrong') return WRONG_TYPE;
      sets.push(value?.members ?? new Set());
    }
    return bulks(run(sets));
  };
}

function zset(run: (scores: Map<string, number>, args: readonly string[]) => Reply, make = false): Command['run'] {
  return (db, [key, ...args], now) => {
    const value = typed(db, key, 'zset', now);
    if (value === 'wrong') return WRONG_TYPE;
    const target = value ?? { type: 'zset' as const, scores: new Map<string, number>() };
    const reply = run(target.scores, args);
    if (!value && make && target.scores.size > 0) db.set(key, target);
    if (value && target.scores.size === 0) db.entries.delete(key);
    return reply;
  };
}

const ranked = (scores: ReadonlyMap<string, number>) => [...scores].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));

function range(reverse: boolean): Command['run'] {
  return zset((scores, [from, to, with_]) => {
    const [a, b] = [int(from), int(to)];
    if (a === undefined || b === undefined) return NOT_INTEGER;
    const order = reverse ? ranked(scores).reverse() : ranked(scores);
    return bulks(
      slice(order, a, b).flatMap(([member, score]) => (with_?.toUpperCase() === 'WITHSCORES' ? [member, formatScore(score)] : [member])),
    );
  });
}

const setString: Command['run'] = (db, [key, text, ...options], now) => {
  let expires: number | undefined;
  let onlyNew = false;
  let onlyOld = false;
  let keep = false;
  let answerOld = false;
  for (let i = 0; i < options.length; i++) {
    const option = options[i].toUpperCase();
    if (option === 'NX') onlyNew = true;
    else if (option === 'XX') onlyOld = true;
    else if (option === 'KEEPTTL') keep = true;
    else if (option === 'GET') answerOld = true;
    else if (['EX', 'PX', 'EXAT', 'PXAT'].includes(option)) {
      const n = int(options[++i] ?? '');
      if (n === undefined) return options[i] === undefined ? SYNTAX : NOT_INTEGER;
      if (n <= 0) return failure("ERR invalid expire time in 'set' command");
      expires = (option.endsWith('AT') ? 0 : now) + n * (option.startsWith('E') ? 1000 : 1);
    } else return SYNTAX;
  }
  const old = db.get(key, now);
  if (answerOld && old && old.type !== 'string') return WRONG_TYPE;
  const before = answerOld ? bulk(old?.type === 'string' ? old.text : null) : undefined;
  if ((onlyNew && old) || (onlyOld && !old)) return before ?? NIL;
  db.set(key, { type: 'string', text }, keep ? db.expiry(key) : expires);
  return before ?? OK;
};

const getString: Command['run'] = (db, [key], now) => {
  const value = typed(db, key, 'string', now);
  return value === 'wrong' ? WRONG_TYPE : bulk(value?.text ?? null);
};

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  (
    [
      ['SET', -3, true, setString],
      ['GET', 2, false, getString],
      ['SETNX', 3, true, (db, [key, text], now) => (db.get(key, now) ? integer(0) : (db.set(key, { type: 'string', text }), integer(1)))],
      [
        'SETEX',
        4,
        true,
        (db, [key, s, text], now) =>
          int(s) === undefined ? NOT_INTEGER : (db.set(key, { type: 'string', text }, now + Number(s) * 1000), OK),
      ],
      [
        'GETSET',
        3,
        true,
        (db, [key, text], now) => {
          const old = getString(db, [key], now, () => 0);
          if (old.kind !== 'error') db.set(key, { type: 'string', text });
          return old;
        },
      ],
      [
        'GETDEL',
        2,
        true,
        (db, [key], now) => {
          const old = getString(db, [key], now, () => 0);
          if (old.kind !== 'error') db.entries.delete(key);
          return old;
        },
      ],
      [
        'MSET',
        -3,
        true,
        (db, args) => {
          if (args.length % 2 !== 0) return wrongArity('mset');
          for (let i = 0; i < args.length; i += 2) db.set(args[i], { type: 'string', text: args[i + 1] });
          return OK;
        },
      ],
      [
        'MGET',
        -2,
        false,
        (db, keys, now) =>
          bulks(
            keys.map((key) => {
              const value = db.get(key, now);
              return value?.type === 'string' ? value.text : null;
            }),
          ),
      ],
      [
        'APPEND',
        3,
        true,
        (db, [key, text], now) => {
          const value = typed(db, key, 'string', now);
          if (value === 'wrong') return WRONG_TYPE;
          if (value) value.text += text;
          else db.set(key, { type: 'string', text });
          return integer((value?.text ?? text).length);
        },
      ],
      [
        'STRLEN',
        2,
        false,
        (db, [key], now) => {
          const value = typed(db, key, 'string', now);
          return value === 'wrong' ? WRONG_TYPE : integer(value?.text.length ?? 0);
        },
      ],
      ['INCR', 2, true, addTo(() => 1)],
      ['DECR', 2, true, addTo(() => -1)],
      ['INCRBY', 3, true, addTo((args) => int(args[1]))],
      [
        'DECRBY',
        3,
        true,
        addTo((args) => {
          const n = int(args[1]);
          return n === undefined ? undefined : -n;
        }),
      ],
      [
        'INCRBYFLOAT',
        3,
        true,
        (db, [key, by], now) => {
          const value = typed(db, key, 'string', now);
          if (value === 'wrong') return WRONG_TYPE;
          const sum = Number(value?.text ?? 0) + Number(by);
          if (Number.isNaN(sum)) return NOT_FLOAT;
          const text = String(Number(sum.toPrecision(15)));
          if (value) value.text = text;
          else db.set(key, { type: 'string', text });
          return bulk(text);
        },
      ],
      ['DEL', -2, true, (db, keys, now) => integer(keys.filter((key) => db.get(key, now) !== undefined && db.entries.delete(key)).length)],
      [
        'UNLINK',
        -2,
        true,
        (db, keys, now) => integer(keys.filter((key) => db.get(key, now) !== undefined && db.entries.delete(key)).length),
      ],
      ['EXISTS', -2, false, (db, keys, now) => integer(keys.filter((key) => db.get(key, now) !== undefined).length)],
      ['TYPE', 2, false, (db, [key], now) => status(db.get(key, now)?.type ?? 'none')],
      ['KEYS', 2, false, (db, [pattern], now) => bulks(db.keys(now).filter((key) => globPattern(pattern).test(key)))],
      [
        'SCAN',
        -2,
        false,
        (db, args, now) => {
          const at = args.findIndex((a) => a.toUpperCase() === 'MATCH');
          const pattern = globPattern(at < 0 ? '*' : args[at + 1]);
          return array([bulk('0'), bulks(db.keys(now).filter((key) => pattern.test(key)))]);
        },
      ],
      [
        'RANDOMKEY',
        1,
        false,
        (db, _args, now, random) => {
          const keys = db.keys(now);
          return bulk(keys.length === 0 ? null : keys[random(keys.length)]);
        },
      ],
      [
        'RENAME',
        3,
        true,
        (db, [from, to], now) => {
          if (!db.get(from, now)) return failure('ERR no such key');
          const entry = db.entries.get(from) as Entry;
          db.entries.delete(from);
          db.entries.set(to, entry);
          return OK;
        },
      ],
      ['EXPIRE', -3, true, expire(1000, false)],
      ['PEXPIRE', -3, true, expire(1, false)],
      ['EXPIREAT', -3, true, expire(1000, true)],
      ['PEXPIREAT', -3, true, expire(1, true)],
      ['TTL', 2, false, remaining(1000)],
      ['PTTL', 2, false, remaining(1)],
      [
        'PERSIST',
        2,
        true,
        (db, [key], now) => {
          if (!db.get(key, now) || db.expiry(key) === undefined) return integer(0);
          db.setExpiry(key, undefined);
          return integer(1);
        },
      ],
      ['DBSIZE', 1, false, (db, _args, now) => integer(db.keys(now).length)],
      ['FLUSHALL', -1, true, (db) => (db.entries.clear(), OK)],
      ['FLUSHDB', -1, true, (db) => (db.entries.clear(), OK)],
      ['LPUSH', -3, true, push(true, false)],
      ['RPUSH', -3, true, push(false, false)],
      ['LPUSHX', -3, true, push(true, true)],
      ['RPUSHX', -3, true, push(false, true)],
      ['LPOP', -2, true, pop(true)],
      ['RPOP', -2, true, pop(false)],
      [
        'LLEN',
        2,
        false,
        (db, [key], now) => {
          const list = typed(db, key, 'list', now);
          return list === 'wrong' ? WRONG_TYPE : integer(list?.items.length ?? 0);
        },
      ],
      [
        'LRANGE',
        4,
        false,
        (db, [key, from, to], now) => {
          const list = typed(db, key, 'list', now);
          const [a, b] = [int(from), int(to)];
          if (list === 'wrong') return WRONG_TYPE;
          if (a === undefined || b === undefined) return NOT_INTEGER;
          return bulks(slice(list?.items ?? [], a, b));
        },
      ],
      [
        'LINDEX',
        3,
        false,
        (db, [key, at], now) => {
          const list = typed(db, key, 'list', now);
          if (list === 'wrong') return WRONG_TYPE;
          return bulk(list?.items.at(int(at) ?? 0) ?? null);
        },
      ],
      [
        'LTRIM',
        4,
        true,
        (db, [key, from, to], now) => {
          const list = typed(db, key, 'list', now);
          if (list === 'wrong') return WRONG_TYPE;
          if (!list) return OK;
          const kept = slice(list.items, int(from) ?? 0, int(to) ?? -1);
          if (kept.length === 0) db.entries.delete(key);
          else db.set(key, { type: 'list', items: [...kept] }, db.expiry(key));
          return OK;
        },
      ],
      [
        'HSET',
        -4,
        true,
        hash((fields, args) => {
          if (args.length % 2 !== 0) return wrongArity('hset');
          let added = 0;
          for (let i = 0; i < args.length; i += 2) {
            if (!fields.has(args[i])) added++;
            fields.set(args[i], args[i + 1]);
          }
          return integer(added);
        }, true),
      ],
      [
        'HMSET',
        -4,
        true,
        hash((fields, args) => {
          for (let i = 0; i + 1 < args.length; i += 2) fields.set(args[i], args[i + 1]);
          return OK;
        }, true),
      ],
      ['HGET', 3, false, hash((fields, [field]) => bulk(fields.get(field) ?? null))],
      ['HMGET', -3, false, hash((fields, names) => bulks(names.map((name) => fields.get(name) ?? null)))],
      ['HGETALL', 2, false, hash((fields) => bulks([...fields].flat()))],
      ['HKEYS', 2, false, hash((fields) => bulks([...fields.keys()]))],
      ['HVALS', 2, false, hash((fields) => bulks([...fields.values()]))],
      ['HLEN', 2, false, hash((fields) => integer(fields.size))],
      ['HEXISTS', 3, false, hash((fields, [field]) => integer(fields.has(field) ? 1 : 0))],
      ['HDEL', -3, true, hash((fields, names) => integer(names.filter((name) => fields.delete(name)).length))],
      [
        'HINCRBY',
        4,
        true,
        hash((fields, [field, by]) => {
          const [old, step] = [int(fields.get(field) ?? '0'), int(by)];
          if (old === undefined || step === undefined) return NOT_INTEGER;
          fields.set(field, String(old + step));
          return integer(old + step);
        }, true),
      ],
      ['SADD', -3, true, set((members, items) => integer(items.filter((item) => !members.has(item) && members.add(item)).length), true)],
      ['SREM', -3, true, set((members, items) => integer(items.filter((item) => members.delete(item)).length))],
      ['SMEMBERS', 2, false, set((members) => bulks([...members]))],
      ['SISMEMBER', 3, false, set((members, [item]) => integer(members.has(item) ? 1 : 0))],
      ['SCARD', 2, false, set((members) => integer(members.size))],
      [
        'SPOP',
        -2,
        true,
        set((members, _args, random) => {
          const chosen = [...members][random(Math.max(1, members.size))];
          if (chosen !== undefined) members.delete(chosen);
          return bulk(chosen ?? null);
        }),
      ],
      ['SUNION', -2, false, combine((sets) => [...new Set(sets.flatMap((s) => [...s]))])],
      ['SINTER', -2, false, combine(([first, ...rest]) => [...first].filter((item) => rest.every((s) => s.has(item))))],
      ['SDIFF', -2, false, combine(([first, ...rest]) => [...first].filter((item) => !rest.some((s) => s.has(item))))],
      [
        'ZADD',
        -4,
        true,
        zset((scores, args) => {
          let added = 0;
          for (let i = 0; i + 1 < args.length; i += 2) {
            const score = Number(args[i]);
            if (Number.isNaN(score)) return NOT_FLOAT;
            if (!scores.has(args[i + 1])) added++;
            scores.set(args[i + 1], score);
          }
          return integer(added);
        }, true),
      ],
      ['ZRANGE', -4, false, range(false)],
      ['ZREVRANGE', -4, false, range(true)],
      [
        'ZSCORE',
        3,
        false,
        zset((scores, [member]) => {
          const score = scores.get(member);
          return bulk(score === undefined ? null : formatScore(score));
        }),
      ],
      [
        'ZRANK',
        3,
        false,
        zset((scores, [member]) => {
          const at = ranked(scores).findIndex(([m]) => m === member);
          return at < 0 ? NIL : integer(at);
        }),
      ],
      ['ZCARD', 2, false, zset((scores) => integer(scores.size))],
      ['ZREM', -3, true, zset((scores, members) => integer(members.filter((member) => scores.delete(member)).length))],
      [
        'ZINCRBY',
        4,
        true,
        zset((scores, [by, member]) => {
          const score = (scores.get(member) ?? 0) + Number(by);
          scores.set(member, score);
          return bulk(formatScore(score));
        }, true),
      ],
    ] as const satisfies readonly (readonly [string, number, boolean, Command['run']])[]
  ).map(([name, arity, write, run]) => [name, { arity, write, run }]),
);
