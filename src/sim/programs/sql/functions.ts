/** Functions of both dialects, as far as courses use them. */
import type { SessionFacts } from './scope.ts';
import type { Value } from './syntax.ts';
import { SqlError } from './syntax.ts';
import { compareValues, timestampText, valueText } from './values.ts';

export function callFunction(name: string, args: readonly Value[], session: SessionFacts, at: number): Value {
  const { dialect } = session;
  switch (name) {
    case 'now':
    case 'current_timestamp':
    case 'localtimestamp':
    case 'sysdate':
      return timestampText(session.nowUs, dialect === 'postgres') + (dialect === 'postgres' && name !== 'localtimestamp' ? '+00' : '');
    case 'current_date':
    case 'curdate':
      return timestampText(session.nowUs, false).slice(0, 10);
    case 'curtime':
    case 'current_time':
      return timestampText(session.nowUs, false).slice(11);
    case 'version':
      return session.version;
    case 'current_database':
    case 'database':
      return session.database === '' ? null : session.database;
    case 'current_user':
    case 'session_user':
    case 'user':
      return dialect === 'mysql' ? `${session.user}@localhost` : session.user;
    case 'random':
    case 'rand':
      return session.random();
    case 'coalesce':
    case 'ifnull':
      return args.find((value) => value !== null) ?? null;
    case 'concat':
      if (dialect === 'mysql' && args.includes(null)) return null;
      return args.map((value) => (value === null ? '' : valueText(value, dialect))).join('');
    case 'greatest':
    case 'least': {
      const sign = name === 'greatest' ? -1 : 1;
      const known = args.filter((value) => value !== null);
      return known.length === 0 ? null : known.reduce((best, value) => (sign * compareValues(value, best) < 0 ? value : best));
    }
    case 'if':
      return args[0] === true || Number(args[0]) > 0 ? (args[1] ?? null) : (args[2] ?? null);
    case 'nullif':
      return args[0] !== null && args[1] !== null && compareValues(args[0], args[1]) === 0 ? null : args[0];
  }
  if (args.some((value) => value === null)) return null;
  const texts = args.map((value) => valueText(value as Exclude<Value, null>, dialect));
  const [text = ''] = texts;
  const number = Number(text);
  switch (name) {
    case 'lower':
    case 'lcase':
      return text.toLowerCase();
    case 'upper':
    case 'ucase':
      return text.toUpperCase();
    case 'length':
    case 'char_length':
    case 'character_length':
      return [...text].length;
    case 'trim':
      return text.trim();
    case 'ltrim':
      return text.trimStart();
    case 'rtrim':
      return text.trimEnd();
    case 'reverse':
      return [...text].reverse().join('');
    case 'repeat':
      return text.repeat(Math.min(10_000, Math.max(0, Number(texts[1]))));
    case 'replace':
      return text.replaceAll(texts[1], texts[2]);
    case 'substring':
    case 'substr': {
      const begin = Number(texts[1]) - 1;
      return texts[2] === undefined ? text.slice(begin) : text.slice(begin, begin + Number(texts[2]));
    }
    case 'left':
      return text.slice(0, Number(texts[1]));
    case 'right':
      return text.slice(-Number(texts[1]));
    case 'abs':
      return Math.abs(number);
    case 'round': {
      const digits = Number(texts[1] ?? 0);
      return texts[1] === undefined ? Math.sign(number) * Math.round(Math.abs(number)) : number.toFixed(digits);
    }
    case 'floor':
      return Math.floor(number);
    case 'ceil':
    case 'ceiling':
      return Math.ceil(number);
    case 'sqrt':
      return Math.sqrt(number);
    case 'mod':
      return number % Number(texts[1]);
    case 'pg_sleep':
    case 'sleep':
      session.sleep(number);
      return dialect === 'mysql' ? 0 : '';
    case 'pg_database_size':
      return 7_700_000;
    case 'pg_size_pretty':
      return `${Math.round(number / 1024)} kB`;
  }
  if (dialect === 'mysql') throw new SqlError(`FUNCTION ${session.database}.${name} does not exist`, { number: 1305 });
  const types = args.map((value) =>
    typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'numeric') : typeof value === 'boolean' ? 'boolean' : 'unknown',
  );
  throw new SqlError(`function ${name}(${types.join(', ')}) does not exist`, { state: '42883', at });
}
