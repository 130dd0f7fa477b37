import { STRING_MAX } from '../../kernel/limits.ts';
import { pause, type Sim } from '../../kernel/sim.ts';
import { Pattern } from '../../lib/regex/pattern.ts';
import { outOfMemory } from '../state/errors.ts';
import { endsOf, reversed } from './patternPositions.ts';
import { type PatternNode, type PatternOptions, parsePattern, patternSource } from './patternTree.ts';

export type { PatternOptions };

/** A shell pattern, ready to be matched. No pattern takes longer than its length times that of the text. */
export class ShellPattern {
  readonly #nodes: readonly PatternNode[];
  readonly #flags: string;
  readonly #source: string | undefined;
  #whole: Pattern | undefined;
  #inside: Pattern | undefined;

  constructor(pattern: string, options: PatternOptions) {
    this.#nodes = parsePattern(pattern, options);
    this.#flags = options.nocase ? 'isu' : 'su';
    this.#source = patternSource(this.#nodes);
  }

  /** The only character that it matches, if it is one. */
  get character(): string | undefined {
    const [node, ...more] = this.#nodes;
    if (more.length > 0 || node?.kind !== 'one' || node.set.only === undefined || node.set.only > 0xffff) return undefined;
    return String.fromCharCode(node.set.only);
  }

  /** Whether it matches the whole text. */
  matches(text: string): boolean {
    if (this.#source === undefined) return endsOf(this.#nodes, codesOf(text)).at(-1) === [...text].length;
    this.#whole ??= new Pattern(`^(?:${this.#source})$`, this.#flags);
    return this.#whole.test(text);
  }

  /** The lengths, in code units, of the beginnings (or `atEnd` the ends) of a text that it matches, the shortest first. */
  lengths(whole: string, atEnd: boolean): readonly number[] {
    // What can match no more than a few characters need not see all of a long text.
    const most = 2 * longestMatch(this.#nodes);
    const text = whole.length <= most ? whole : atEnd ? whole.slice(whole.length - most) : whole.slice(0, most);
    if (text.length > POSITIONS_TEXT_MAX) throw outOfMemory(text.length * POSITION_BYTES);
    const codes = codesOf(text);
    if (atEnd) codes.reverse();
    const ends = endsOf(atEnd ? reversed(this.#nodes) : this.#nodes, codes);
    if (codes.length === text.length) return ends;
    const widths = [0];
    for (const code of codes) widths.push(widths[widths.length - 1] + (code > 0xffff ? 2 : 1));
    return ends.map((i) => widths[i]);
  }

  /** The longest matches in a text, from left to right; before a character also empty ones. */
  *all(text: string): Generator<{ readonly start: number; readonly end: number }> {
    if (this.#source !== undefined) {
      this.#inside ??= new Pattern(this.#source, this.#flags, { posix: true });
      for (const m of this.#inside.all(text)) if (m.start < text.length) yield m;
      return;
    }
    for (let at = 0; at < text.length; ) {
      const length = this.lengths(text.slice(at), false).at(-1);
      if (length !== undefined) yield { start: at, end: at + length };
      at += length || (text.codePointAt(at)! > 0xffff ? 2 : 1);
    }
  }
}

/** Characters of a text whose places are looked at one by one, and the bytes that each takes. */
const POSITIONS_TEXT_MAX = 8 * 1024 * 1024;
const POSITION_BYTES = 16;

/** How many characters it matches at most; Infinity if that is not bounded. */
function longestMatch(nodes: readonly PatternNode[]): number {
  let total = 0;
  for (const node of nodes) {
    if (node.kind === 'one') total++;
    else if (node.kind === 'any' || /[+*!]/.test(node.operator)) return Number.POSITIVE_INFINITY;
    else total += Math.max(...node.choices.map(longestMatch));
  }
  return total;
}

function codesOf(text: string): number[] {
  return Array.from(text, (c) => c.codePointAt(0)!);
}

const PATTERNS_KEPT = 2000;
const kept = new Map<string, ShellPattern>();

export function shellPattern(pattern: string, options: PatternOptions = {}): ShellPattern {
  const key = `${options.extglob ? 'e' : ''}${options.nocase ? 'i' : ''}${options.pathname ? 'p' : ''}\0${pattern}`;
  let found = kept.get(key);
  if (!found) {
    found = new ShellPattern(pattern, options);
    if (kept.size >= PATTERNS_KEPT) kept.clear();
    kept.set(key, found);
  }
  return found;
}

/** Matches the whole text. */
export function matchPattern(pattern: string, text: string, options: PatternOptions = {}): boolean {
  return shellPattern(pattern, options).matches(text);
}

/** True if a character of `pattern` is special, so that it may match other texts than itself. */
export function hasPattern(pattern: string, extglob: boolean): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') i++;
    else if (c === '*' || c === '?') return true;
    else if (c === '[' && pattern.indexOf(']', i + 1) > 0) return true;
    else if (extglob && /[+@!]/.test(c) && pattern[i + 1] === '(') return true;
  }
  return false;
}

/** Puts a backslash before what is special in patterns. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\](){}|!@+^-]/g, '\\$&');
}

/** Takes the backslashes of quoted characters away. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, '$1');
}

/** `${x#p}` and its three kin: the text without what matches at an end. */
export function removeMatch(text: string, pattern: string, operator: string, options: PatternOptions): string {
  const atEnd = operator[0] === '%';
  const lengths = shellPattern(pattern, options).lengths(text, atEnd);
  const length = (operator.length === 2 ? lengths[lengths.length - 1] : lengths[0]) ?? 0;
  return atEnd ? text.slice(0, text.length - length) : text.slice(length);
}

/** After so many replacements others get their turn. */
const MATCHES_PER_PAUSE = 4096;

/** `${x/p/r}`: `replacement` gets the matched text (`&` in bash 5.2). */
export function* replaceMatch(
  text: string,
  pattern: string,
  operator: string,
  replacement: (match: string) => string,
  options: PatternOptions,
): Sim<string> {
  if (pattern === '') return operator === '/#' ? replacement('') + text : operator === '/%' ? text + replacement('') : text;
  const compiled = shellPattern(pattern, options);
  if (operator === '/#' || operator === '/%') {
    const length = compiled.lengths(text, operator === '/%').at(-1);
    if (length === undefined) return text;
    if (operator === '/#') return replacement(text.slice(0, length)) + text.slice(length);
    return text.slice(0, text.length - length) + replacement(text.slice(text.length - length));
  }
  const { character } = compiled;
  if (character !== undefined && operator === '//') return yield* replaceCharacter(text, character, replacement(character));
  if (text === '' && compiled.matches('')) return replacement('');
  const out: string[] = [];
  let length = 0;
  let at = 0;
  for (const m of compiled.all(text)) {
    const made = replacement(text.slice(m.start, m.end));
    out.push(text.slice(at, m.start), made);
    length += m.start - at + made.length;
    at = m.end;
    if (length > STRING_MAX) throw outOfMemory(length);
    if (operator !== '//') break;
    if (out.length % MATCHES_PER_PAUSE === 0) yield* pause();
  }
  out.push(text.slice(at));
  return out.join('');
}

/** Characters in which a single one is replaced before others get their turn. */
const PIECE = 512 * 1024;

/** A single character is replaced by the host, piece by piece: there may be millions of places. */
function* replaceCharacter(text: string, char: string, made: string): Sim<string> {
  const escaped = made.replaceAll('$', '$$$$');
  const out: string[] = [];
  let length = 0;
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE).replaceAll(char, escaped);
    length += piece.length;
    if (length > STRING_MAX) throw outOfMemory(length);
    out.push(piece);
    if (text.length > PIECE) yield* pause();
  }
  return out.join('');
}
