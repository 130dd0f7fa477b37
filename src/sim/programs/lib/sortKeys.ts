import { compareBytes, compareVersions } from './compare.ts';

export interface SortKey {
  readonly startField: number;
  readonly startChar: number;
  readonly endField: number | undefined;
  /** 0: to the end of the field. */
  readonly endChar: number;
  /** Ordering flags: d f g i M h n R r V. */
  readonly flags: string;
  readonly startBlanks: boolean;
  readonly endBlanks: boolean;
  /** No flags of its own, so the global ones hold. */
  readonly inherits: boolean;
}

export interface SortPlan {
  readonly keys: readonly SortKey[];
  readonly global: string;
  readonly separator: string | undefined;
  /** No last resort comparison of whole lines. */
  readonly stable: boolean;
  readonly salt: string;
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t' || c === '\n';

/** Where field number `field` (from 1) begins. */
function fieldStart(line: string, field: number, separator: string | undefined): number {
  let at = 0;
  for (let n = 1; n < field && at < line.length; n++) {
    if (separator !== undefined) {
      const end = line.indexOf(separator, at);
      at = end < 0 ? line.length : end + separator.length;
    } else {
      while (isBlank(line[at])) at++;
      while (at < line.length && !isBlank(line[at])) at++;
    }
  }
  return at;
}

function fieldEnd(line: string, at: number, separator: string | undefined): number {
  if (separator !== undefined) {
    const end = line.indexOf(separator, at);
    return end < 0 ? line.length : end;
  }
  while (isBlank(line[at])) at++;
  while (at < line.length && !isBlank(line[at])) at++;
  return at;
}

function extract(line: string, key: SortKey, separator: string | undefined): string {
  let start = fieldStart(line, key.startField, separator);
  if (key.startBlanks) while (isBlank(line[start])) start++;
  start = Math.min(line.length, start + key.startChar - 1);
  if (key.endField === undefined) return line.slice(start);
  let end = fieldStart(line, key.endField, separator);
  if (key.endChar === 0) end = fieldEnd(line, end, separator);
  else {
    if (key.endBlanks) while (isBlank(line[end])) end++;
    end = Math.min(line.length, end + key.endChar);
  }
  return line.slice(start, Math.max(start, end));
}

function compareDigits(a: string, b: string): number {
  const [ai, af = ''] = a.split('.');
  const [bi, bf = ''] = b.split('.');
  const x = ai.replace(/^0+/, '');
  const y = bi.replace(/^0+/, '');
  if (x.length !== y.length) return x.length - y.length;
  if (x !== y) return x < y ? -1 : 1;
  const n = Math.max(af.length, bf.length);
  const u = af.padEnd(n, '0');
  const v = bf.padEnd(n, '0');
  return u < v ? -1 : u > v ? 1 : 0;
}

function numericParts(text: string): readonly [negative: boolean, digits: string] {
  const m = /^[ \t\n]*(-?)(\d*(?:\.\d*)?)/.exec(text)!;
  const digits = m[2] === '' || m[2] === '.' ? '0' : m[2];
  return [m[1] === '-' && /[1-9]/.test(digits), digits];
}

function compareNumeric(a: string, b: string): number {
  const [na, da] = numericParts(a);
  const [nb, db] = numericParts(b);
  if (na !== nb) return na ? -1 : 1;
  return na ? compareDigits(db, da) : compareDigits(da, db);
}

function human(text: string): number {
  const m = /^[ \t]*(-?)(\d*(?:\.\d*)?)([KkMGTPEZYRQ]?)/.exec(text)!;
  const magnitude = Number(m[2] === '' || m[2] === '.' ? 0 : m[2]);
  const power = m[3] === '' || magnitude === 0 ? 0 : 'KMGTPEZYRQ'.indexOf(m[3].toUpperCase()) + 1;
  return m[1] === '-' ? -power : power;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const month = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());

function general(text: string): number {
  const m = /^\s*([-+]?(?:0[xX][0-9a-fA-F]+|inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))/i.exec(text);
  if (!m) return Number.NEGATIVE_INFINITY;
  if (/nan/i.test(m[1])) return -Number.MAX_VALUE;
  if (/inf/i.test(m[1])) return m[1][0] === '-' ? -Number.MAX_VALUE : Number.MAX_VALUE;
  return m[1][0] === '-' && /x/i.test(m[1]) ? -Number(m[1].slice(1)) : Number(m[1]);
}

function hash(text: string, salt: string): number {
  let h = 2166136261;
  for (const c of salt + text) h = Math.imul(h ^ c.codePointAt(0)!, 16777619);
  return h >>> 0;
}

function compareBy(a: string, b: string, flags: string, salt: string): number {
  if (flags.includes('n')) return compareNumeric(a, b);
  if (flags.includes('h')) return human(a) - human(b) || compareNumeric(a, b);
  if (flags.includes('g')) {
    const x = general(a);
    const y = general(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (flags.includes('M')) return month(a) - month(b);
  let x = a;
  let y = b;
  if (flags.includes('d')) [x, y] = [x.replace(/[^A-Za-z0-9 \t]/g, ''), y.replace(/[^A-Za-z0-9 \t]/g, '')];
  if (flags.includes('i')) [x, y] = [x.replace(/[^ -~]/g, ''), y.replace(/[^ -~]/g, '')];
  if (flags.includes('f')) [x, y] = [x.replace(/[a-z]/g, (c) => c.toUpperCase()), y.replace(/[a-z]/g, (c) => c.toUpperCase())];
  if (flags.includes('V')) return compareVersions(x, y);
  if (flags.includes('R')) return hash(x, salt) - hash(y, salt) || compareBytes(x, y);
  return compareBytes(x, y);
}

/** The order of two lines under a plan: keys first, then whole bytes unless stable. */
export function compareLines(a: string, b: string, plan: SortPlan): number {
  if (plan.keys.length > 0) {
    for (const key of plan.keys) {
      const order = compareBy(extract(a, key, plan.separator), extract(b, key, plan.separator), key.flags, plan.salt);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
  } else if (plan.global !== '' && plan.global !== 'r') {
    const blanks = plan.global.includes('b');
    const order = compareBy(blanks ? a.replace(/^[ \t]+/, '') : a, blanks ? b.replace(/^[ \t]+/, '') : b, plan.global, plan.salt);
    if (order !== 0) return plan.global.includes('r') ? -order : order;
  } else {
    const order = compareBytes(a, b);
    return plan.global === 'r' ? -order : order;
  }
  if (plan.stable) return 0;
  const order = compareBytes(a, b);
  return plan.global.includes('r') ? -order : order;
}
