/** Commands on sets. A set without members is gone. */
import { bulk, bulks, integer, type Reply } from '../../../network/resp.ts';
import { type Command, type CommandRows, typed, WRONG_TYPE } from '../command.ts';

/** SADD, SUNION and their like. */
export const SETS: CommandRows = [
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
];

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
