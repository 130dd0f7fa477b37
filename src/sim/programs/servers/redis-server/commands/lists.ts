/** Commands on lists. */
import { bulk, bulks, failure, integer, NIL, OK } from '../../../network/resp.ts';
import { type Command, type CommandRows, int, NOT_INTEGER, slice, typed, WRONG_TYPE } from '../command.ts';

/** LPUSH, LRANGE and their like. */
export const LISTS: CommandRows = [
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
];

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
