/** Types of SQL values: what a text or number becomes in a column, and how it is written. */
import { own } from '../../lib/dictionary.ts';
import { civil } from '../../lib/goTime.ts';
import { type Dialect, SqlError, type TypeName, type Value } from './syntax.ts';

const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  mediumint: 'integer',
  int8: 'bigint',
  bigserial: 'bigint',
  int2: 'smallint',
  smallserial: 'smallint',
  bool: 'boolean',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  decimal: 'numeric',
  dec: 'numeric',
  float: 'double precision',
  float8: 'double precision',
  double: 'double precision',
  float4: 'real',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  datetime: 'timestamp without time zone',
  time: 'time without time zone',
  longtext: 'text',
  mediumtext: 'text',
  tinytext: 'text',
};

/** 'integer', 'character varying': the name that `\d` shows. */
export function typeOf(type: TypeName): string {
  if (type.name === 'tinyint') return type.parameters[0] === 1 ? 'boolean' : 'smallint';
  return own(ALIASES, type.name) ?? type.name;
}

export function typeText(type: TypeName): string {
  const name = typeOf(type);
  return type.parameters.length > 0 && /^(character|numeric)/.test(name) ? `${name}(${type.parameters.join(',')})` : name;
}

export const isNumeric = (type: string): boolean => /^(integer|bigint|smallint|numeric|real|double precision|oid)$/.test(type);

/** As text on the screen. Null is the caller's. */
export function valueText(value: Exclude<Value, null>, dialect: Dialect): string {
  if (typeof value === 'boolean') return dialect === 'postgres' ? (value ? 't' : 'f') : value ? '1' : '0';
  if (typeof value === 'number')
    return Number.isInteger(value) || Math.abs(value) > 1e15 ? String(value) : String(Number(value.toPrecision(15)));
  return value;
}

/** Makes a value fit a column. Throws SqlError as the database words it. */
export function coerce(value: Value, type: TypeName, column: string, dialect: Dialect): Value {
  if (value === null) return null;
  const name = typeOf(type);
  const bad = () =>
    dialect === 'postgres'
      ? new SqlError(`invalid input syntax for type ${name.replace(' without time zone', '')}: "${valueText(value, dialect)}"`, {
          state: '22P02',
        })
      : new SqlError(`Incorrect ${name} value: '${valueText(value, dialect)}' for column '${column}' at row 1`, {
          number: 1366,
          state: 'HY000',
        });
  switch (name) {
    case 'integer':
    case 'bigint':
    case 'smallint': {
      const number =
        typeof value === 'boolean'
          ? Number(value)
          : typeof value === 'number'
            ? value
            : /^\s*[+-]?\d+\s*$/.test(value)
              ? Number(value)
              : Number.NaN;
      if (Number.isNaN(number)) throw bad();
      const whole = Math.round(number);
      const most = name === 'smallint' ? 32767 : name === 'integer' ? 2147483647 : Number.MAX_SAFE_INTEGER;
      if (Math.abs(whole) > most)
        throw dialect === 'postgres'
          ? new SqlError(`${name} out of range`, { state: '22003' })
          : new SqlError(`Out of range value for column '${column}' at row 1`, { number: 1264, state: '22003' });
      return whole;
    }
    case 'numeric':
    case 'real':
    case 'double precision': {
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      if (Number.isNaN(number)) throw bad();
      return name === 'numeric' && type.parameters.length > 0 ? number.toFixed(type.parameters[1] ?? 0) : number;
    }
    case 'boolean': {
      if (typeof value === 'boolean') return value;
      const text = String(value).toLowerCase();
      if (['t', 'true', 'yes', 'on', '1', 'y'].includes(text)) return true;
      if (['f', 'false', 'no', 'off', '0', 'n'].includes(text)) return false;
      throw bad();
    }
    case 'character varying':
    case 'character': {
      const text = valueText(value, dialect);
      const [most] = type.parameters;
      if (most !== undefined && [...text].length > most)
        throw dialect === 'postgres'
          ? new SqlError(`value too long for type ${typeText(type)}`, { state: '22001' })
          : new SqlError(`Data too long for column '${column}' at row 1`, { number: 1406, state: '22001' });
      return text;
    }
    case 'date':
    case 'timestamp without time zone':
    case 'timestamp with time zone': {
      const match = /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?:\d\d(?::\d\d(?:\.\d+)?)?))?(?:Z|[+-]\d\d(?::?\d\d)?)?$/.exec(
        String(value).trim(),
      );
      if (!match) throw bad();
      const day = `${match[1]}-${match[2].padStart(2, '0')}-${match[3].padStart(2, '0')}`;
      if (name === 'date') return day;
      const time = match[4] ?? '00:00:00';
      return `${day} ${time.length === 5 ? `${time}:00` : time}${name.includes('with time') && dialect === 'postgres' ? '+00' : ''}`;
    }
  }
  return typeof value === 'string' ? value : valueText(value, dialect);
}

/** '2026-11-24 14:00:00.000000' of microseconds since 1970, in UTC. */
export function timestampText(epochUs: number, fraction: boolean): string {
  const seconds = Math.floor(epochUs / 1_000_000);
  const c = civil(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const part = fraction ? `.${String(epochUs - seconds * 1_000_000).padStart(6, '0')}` : '';
  return `${c.year}-${two(c.month)}-${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}${part}`;
}

/** Order of two values that are not null: numbers as numbers, all else by code unit. */
export function compareValues(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [Number(a), Number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  }
  if (isNumberText(a) && isNumberText(b)) return Number(a) - Number(b);
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Numerics are kept as texts with their scale. */
function isNumberText(value: Exclude<Value, null>): boolean {
  return typeof value === 'string' && /^-?\d+\.\d+$/.test(value);
}
