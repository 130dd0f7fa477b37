import { typeError } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { JqError, type Json, objectOf, textLength } from '../values.ts';
import { PatternProblem, translatePattern } from './pattern.ts';

interface Modifiers {
  readonly flags: string;
  readonly global: boolean;
  readonly extended: boolean;
  readonly notEmpty: boolean;
}

function modifiersOf(v: Json): Modifiers {
  if (v !== null && typeof v !== 'string') throw typeError(v, 'is not a string');
  const text = v ?? '';
  if (/[^gixmspln]/.test(text)) throw new JqError(`${text} is not a valid modifier string`);
  const dotAll = /[mp]/.test(text);
  return {
    flags: `dgu${text.includes('i') ? 'i' : ''}${dotAll ? 's' : ''}`,
    global: text.includes('g'),
    extended: text.includes('x'),
    notEmpty: text.includes('n'),
  };
}

function compilePattern(pattern: string, modifiers: Modifiers): RegExp {
  let flags = modifiers.flags;
  const inline = /^\(\?([imx]+)\)/.exec(pattern)?.[1] ?? '';
  if (inline.includes('i') && !flags.includes('i')) flags += 'i';
  if (inline.includes('m') && !flags.includes('s')) flags += 's';
  try {
    return new RegExp(translatePattern(pattern, { extended: modifiers.extended || inline.includes('x') }), flags);
  } catch (error) {
    if (error instanceof PatternProblem) throw new JqError(`Regex failure: ${error.message}`);
    if (error instanceof SyntaxError) throw new JqError('Regex failure: invalid pattern');
    throw error;
  }
}

function captureOf(m: RegExpExecArray, i: number, name: string | undefined, text: string): Json {
  const range = m.indices?.[i];
  const found = m[i];
  const offset = range === undefined ? -1 : textLength(text.slice(0, range[0]));
  // jq writes the fields of an empty capture in another order.
  if (found === undefined || found === '') return objectOf({ offset, string: found ?? null, length: 0, name: name ?? null });
  return objectOf({ offset, length: textLength(found), string: found, name: name ?? null });
}

/** Names of the groups by their number. */
function groupNames(source: string): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [undefined];
  for (const m of source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, '  ').matchAll(/\((?:\?<([A-Za-z_]\w*)>|(?!\?))/g)) names.push(m[1]);
  return names;
}

function match(v: Json, pattern: Json, flags: Json, test: boolean): Json {
  if (typeof v !== 'string') throw typeError(v, 'cannot be matched, as it is not a string');
  if (typeof pattern !== 'string') throw typeError(pattern, 'is not a string');
  const modifiers = modifiersOf(flags);
  const re = compilePattern(pattern, modifiers);
  const names = groupNames(re.source);
  const found: Json[] = [];
  for (re.lastIndex = 0; re.lastIndex <= v.length; ) {
    const m = re.exec(v);
    if (m === null) break;
    const empty = m[0] === '';
    if (empty) re.lastIndex += (v.codePointAt(m.index) ?? 0) > 0xffff ? 2 : 1;
    if (empty && modifiers.notEmpty) continue;
    if (test) return true;
    found.push(
      objectOf({
        offset: textLength(v.slice(0, m.index)),
        length: textLength(m[0]),
        string: m[0],
        captures: m.slice(1).map((_, i) => captureOf(m, i + 1, names[i + 1], v)),
      }),
    );
    if (!modifiers.global) break;
  }
  return test ? false : found;
}

/** What `match`, `test`, `sub` and the others stand on: `_match(pattern; flags; test only)`. */
export const REGEX: Readonly<Record<string, Native>> = {
  '_match/3': (v, pattern, flags, test) => match(v, pattern, flags, test === true),
};
