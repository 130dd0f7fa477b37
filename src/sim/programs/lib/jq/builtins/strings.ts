import { split, typeError } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { isArray, isNaNValue, isNumber, JqError, type Json, textLength, toDouble } from '../values.ts';

function both(name: string, a: Json, b: Json): readonly [string, string] {
  if (typeof a !== 'string' || typeof b !== 'string') throw new JqError(`${name}() requires string inputs`);
  return [a, b];
}

function explode(v: Json): Json {
  if (typeof v !== 'string') throw new JqError('explode input must be a string');
  return [...v].map((c) => c.codePointAt(0) as number);
}

function implode(v: Json): Json {
  if (!isArray(v)) throw new JqError('implode input must be an array');
  return v
    .map((n) => {
      if (!isNumber(n) || isNaNValue(n)) throw typeError(n, "can't be imploded, unicode codepoint needs to be numeric");
      const code = Math.trunc(toDouble(n));
      return code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
    })
    .join('');
}

/** Where `part` occurs, in code points; occurrences may overlap. */
function indices(v: Json, part: Json): Json {
  if (typeof v !== 'string') throw typeError(v, 'cannot be searched, as it is not a string');
  if (typeof part !== 'string') throw typeError(part, 'is not a string');
  if (part === '') return [];
  const found: number[] = [];
  for (let at = v.indexOf(part); at >= 0; at = v.indexOf(part, at + 1)) found.push(textLength(v.slice(0, at)));
  return found;
}

function trim(v: Json, start: boolean, end: boolean): Json {
  if (typeof v !== 'string') throw new JqError('trim input must be a string');
  let text = v;
  // White space as Unicode has it; JavaScript's \s has U+FEFF too and lacks U+0085.
  if (start) text = text.replace(/^(?:(?!\ufeff)[\s\x85])+/u, '');
  if (end) text = text.replace(/(?:(?!\ufeff)[\s\x85])+$/u, '');
  return text;
}

function cased(v: Json, from: RegExp, to: (c: string) => string): Json {
  if (typeof v !== 'string') throw new JqError('explode input must be a string');
  return v.replace(from, to);
}

function splitOrFail(v: Json, separator: Json): Json {
  if (typeof v !== 'string' || typeof separator !== 'string') throw new JqError('split input and separator must be strings');
  return split(v, separator);
}

/** Functions on strings. */
export const STRINGS: Readonly<Record<string, Native>> = {
  'startswith/1': (v, part) => {
    const [text, start] = both('startswith', v, part);
    return text.startsWith(start);
  },
  'endswith/1': (v, part) => {
    const [text, end] = both('endswith', v, part);
    return text.endsWith(end);
  },
  'split/1': splitOrFail,
  'explode/0': explode,
  'implode/0': implode,
  '_strindices/1': indices,
  'trim/0': (v) => trim(v, true, true),
  'ltrim/0': (v) => trim(v, true, false),
  'rtrim/0': (v) => trim(v, false, true),
  'ascii_downcase/0': (v) => cased(v, /[A-Z]+/g, (c) => c.toLowerCase()),
  'ascii_upcase/0': (v) => cased(v, /[a-z]+/g, (c) => c.toUpperCase()),
  'ascii/0': (v) => implode([v]),
};
