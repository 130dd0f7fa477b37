/** Commands on strings, which may be numbers. */
import { bulk, bulks, failure, integer, NIL, OK } from '../../../network/resp.ts';
import { type Command, type CommandRows, int, NOT_FLOAT, NOT_INTEGER, SYNTAX, typed, WRONG_TYPE, wrongArity } from '../command.ts';

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

/** SET, GET, INCR and their like. */
export const STRINGS: CommandRows = [
  ['SET', -3, true, setString],
  ['GET', 2, false, getString],
  ['SETNX', 3, true, (db, [key, text], now) => (db.get(key, now) ? integer(0) : (db.set(key, { type: 'string', text }), integer(1)))],
  [
    'SETEX',
    4,
    true,
    (db, [key, s, text], now) => (int(s) === undefined ? NOT_INTEGER : (db.set(key, { type: 'string', text }, now + Number(s) * 1000), OK)),
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
];

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
