import { RegexError, RegexLimitError } from '../../../../lib/regex/error.ts';
import { Pattern } from '../../../../lib/regex/pattern.ts';
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
    flags: `u${text.includes('i') ? 'i' : ''}${dotAll ? 's' : ''}`,
    global: text.includes('g'),
    extended: text.includes('x'),
    notEmpty: text.includes('n'),
  };
}

function compilePattern(pattern: string, modifiers: Modifiers): Pattern {
  let flags = modifiers.flags;
  const inline = /^\(\?([imx]+)\)/.exec(pattern)?.[1] ?? '';
  if (inline.includes('i') && !flags.includes('i')) flags += 'i';
  if (inline.includes('m') && !flags.includes('s')) flags += 's';
  try {
    return new Pattern(translatePattern(pattern, { extended: modifiers.extended || inline.includes('x') }), flags);
  } catch (error) {
    if (error instanceof PatternProblem) throw new JqError(`Regex failure: ${error.message}`);
    if (error instanceof RegexError) throw new JqError('Regex failure: too big pattern');
    if (error instanceof SyntaxError) throw new JqError('Regex failure: invalid pattern');
    throw error;
  }
}

type Span = readonly [start: number, end: number];

function captureOf(span: Span | undefined, name: string | undefined, text: string): Json {
  const found = span && text.slice(...span);
  const offset = span === undefined ? -1 : textLength(text.slice(0, span[0]));
  // jq writes the fields of an empty capture in another order.
  if (found === undefined || found === '') return objectOf({ offset, string: found ?? null, length: 0, name: name ?? null });
  return objectOf({ offset, length: textLength(found), string: found, name: name ?? null });
}

function find(pattern: Pattern, text: string, from: number): readonly (Span | undefined)[] | null {
  try {
    return pattern.spans(text, from);
  } catch (error) {
    if (error instanceof RegexLimitError) throw new JqError('retry-limit-in-match over');
    throw error;
  }
}

function match(v: Json, pattern: Json, flags: Json, test: boolean): Json {
  if (typeof v !== 'string') throw typeError(v, 'cannot be matched, as it is not a string');
  if (typeof pattern !== 'string') throw typeError(pattern, 'is not a string');
  const modifiers = modifiersOf(flags);
  const re = compilePattern(pattern, modifiers);
  const found: Json[] = [];
  for (let at = 0; at <= v.length; ) {
    const spans = find(re, v, at);
    if (spans === null) break;
    const [start, end] = spans[0]!;
    at = end > start ? end : end + ((v.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    if (end === start && modifiers.notEmpty) continue;
    if (test) return true;
    found.push(
      objectOf({
        offset: textLength(v.slice(0, start)),
        length: textLength(v.slice(start, end)),
        string: v.slice(start, end),
        captures: spans.slice(1).map((span, i) => captureOf(span, re.groupNames[i + 1], v)),
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
