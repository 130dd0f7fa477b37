/** Commands on hashes. A hash without fields is gone. */
import { bulk, bulks, integer, OK, type Reply } from '../../../network/resp.ts';
import { type Command, type CommandRows, int, NOT_INTEGER, typed, WRONG_TYPE, wrongArity } from '../command.ts';

/** HSET, HGET and their like. */
export const HASHES: CommandRows = [
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
];

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
