/** Commands on sorted sets: members by score, then by name. */
import { bulk, bulks, integer, NIL, type Reply } from '../../../network/resp.ts';
import { type Command, type CommandRows, int, NOT_FLOAT, NOT_INTEGER, slice, typed, WRONG_TYPE } from '../command.ts';
import { formatScore } from '../database.ts';

/** ZADD, ZRANGE and their like. */
export const SORTED_SETS: CommandRows = [
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
];

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
