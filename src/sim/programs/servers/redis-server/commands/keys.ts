/** Commands on keys, whatever they hold: names, expiry, deletion. */
import { array, bulk, bulks, failure, integer, OK, status } from '../../../network/resp.ts';
import { type Command, type CommandRows, int, NOT_INTEGER } from '../command.ts';
import type { Entry } from '../database.ts';
import { globPattern } from '../glob.ts';

/** DEL, KEYS, EXPIRE and their like. */
export const KEYS: CommandRows = [
  ['DEL', -2, true, (db, keys, now) => integer(keys.filter((key) => db.get(key, now) !== undefined && db.entries.delete(key)).length)],
  ['UNLINK', -2, true, (db, keys, now) => integer(keys.filter((key) => db.get(key, now) !== undefined && db.entries.delete(key)).length)],
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
];

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
