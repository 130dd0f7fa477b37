import { isNullable } from './ast.ts';
import { BacktrackMatcher } from './backtrack.ts';
import { hostTextMax } from './cost.ts';
import { RegexError, RegexLimitError } from './error.ts';
import { type First, firstOf } from './first.ts';
import { NESTING_MAX } from './limits.ts';
import { forgetsGroups, greedyIsLongest, prefersNothing } from './longest.ts';
import { parsePattern } from './parse.ts';
import { PikeMatcher, type SearchOptions } from './pike.ts';
import { compileProgram, type Program } from './program.ts';

/** Where something matched. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  /** [0] is the whole match; a group that took no part is undefined. */
  readonly groups: readonly (string | undefined)[];
}

export interface PatternOptions {
  /** POSIX's rules: the longest of the leftmost matches; groups of earlier rounds of a repeat stay set. */
  readonly posix?: boolean;
  /** The match must begin where the search does. */
  readonly anchored?: boolean;
  /** A search that is given up found nothing, as an editor takes it; else it throws RegexLimitError. */
  readonly quiet?: boolean;
}

interface Matcher {
  search(text: string, from: number, o: SearchOptions): Int32Array | null;
}

/** A pattern without anything that could make a search slow. */
const PLAIN = /^\^?[\w\s,:;@#%&=~!<>"'/-]*\$?$/;

/**
 * A pattern that people write, in JavaScript's syntax, as all dialects are translated to it. The host's RegExp searches where it provably
 * ends soon; else our own matcher does, with the same answer. A search with back-references may throw RegexLimitError.
 */
export class Pattern {
  readonly source: string;
  readonly flags: string;
  readonly #host: RegExp;
  #hostSpans: RegExp | undefined;
  readonly #posix: boolean;
  readonly #anchored: boolean;
  readonly #quiet: boolean;
  #parsed: Parsed | undefined;

  /** Throws SyntaxError as RegExp does, and RegexError if the pattern is too large. `flags`: of i, m, s and u. */
  constructor(source: string, flags = '', options: PatternOptions = {}) {
    this.source = source;
    this.flags = flags;
    checkNesting(source);
    this.#host = new RegExp(source, flags + (options.anchored ? 'y' : 'g'));
    this.#posix = options.posix ?? false;
    this.#anchored = options.anchored ?? false;
    this.#quiet = options.quiet ?? false;
    if (!PLAIN.test(source)) this.#parsed = new Parsed(source, flags, this.#posix);
  }

  get groupCount(): number {
    return this.#parsed?.groupCount ?? 0;
  }

  /** Names of the groups, by number. */
  get groupNames(): readonly (string | undefined)[] {
    return this.#parsed?.names ?? [undefined];
  }

  test(text: string, from = 0): boolean {
    if (!this.#forHost(text, from)) return this.#search(text, from, this.#anchored) !== null;
    this.#host.lastIndex = from;
    return this.#host.test(text);
  }

  /** The leftmost match at or after `from`. */
  exec(text: string, from = 0): PatternMatch | null {
    if (!this.#forHost(text, from)) return matchOf(text, this.#search(text, from, this.#anchored));
    this.#host.lastIndex = from;
    const m = this.#host.exec(text);
    if (m === null) return null;
    if (this.#parsed?.beyondHost) return matchOf(text, this.#search(text, m.index, true));
    return { start: m.index, end: m.index + m[0].length, groups: m };
  }

  /** As exec, but where the whole and its groups begin and end. */
  spans(text: string, from = 0): readonly (readonly [start: number, end: number] | undefined)[] | null {
    if (this.#forHost(text, from) && !this.#parsed?.beyondHost) {
      this.#hostSpans ??= new RegExp(this.#host.source, `${this.#host.flags}d`);
      this.#hostSpans.lastIndex = from;
      return this.#hostSpans.exec(text)?.indices ?? null;
    }
    const slots = this.#search(text, from, this.#anchored);
    return (
      slots && Array.from({ length: slots.length / 2 }, (_, i) => (slots[2 * i + 1] < 0 ? undefined : [slots[2 * i], slots[2 * i + 1]]))
    );
  }

  /** All matches, none overlapping, as String.matchAll finds them. */
  *all(text: string): Generator<PatternMatch> {
    for (let from = 0; from <= text.length; ) {
      const m = this.exec(text, from);
      if (m === null) return;
      yield m;
      from = m.end > m.start ? m.end : m.end + (this.flags.includes('u') && text.codePointAt(m.end)! > 0xffff ? 2 : 1);
    }
  }

  /** The text with its first match (or with all of them) replaced. */
  replace(text: string, replacement: (m: PatternMatch) => string, everywhere: boolean): string {
    let out = '';
    let at = 0;
    for (const m of this.all(text)) {
      out += text.slice(at, m.start) + replacement(m);
      at = m.end;
      if (!everywhere) break;
    }
    return out + text.slice(at);
  }

  #forHost(text: string, from: number): boolean {
    return this.#parsed === undefined || text.length - (this.#parsed.looksBack ? 0 : from) <= this.#parsed.hostTextMax;
  }

  #search(text: string, from: number, anchored: boolean): Int32Array | null {
    this.#parsed ??= new Parsed(this.source, this.flags, this.#posix);
    try {
      return this.#parsed.search(text, from, anchored);
    } catch (error) {
      if (this.#quiet && error instanceof RegexLimitError) return null;
      throw error;
    }
  }
}

/** What our own matchers need to know of a pattern, made when first needed. */
class Parsed {
  readonly #program: Program;
  readonly #first: First;
  readonly #flags: string;
  readonly #posix: boolean;
  readonly groupCount: number;
  readonly names: readonly (string | undefined)[];
  readonly hostTextMax: number;
  /** The host's match begins at the right place but may be too short, or lack groups. */
  readonly beyondHost: boolean;
  readonly looksBack: boolean;
  #matcher: Matcher | undefined;

  constructor(source: string, flags: string, posix: boolean) {
    const { tree, groupCount, names } = parsePattern(source, flags);
    this.#program = compileProgram(tree, { groupCount, keepGroups: posix });
    this.#first = isNullable(tree) ? undefined : firstOf(tree, undefined);
    this.#flags = flags;
    this.#posix = posix;
    this.groupCount = groupCount;
    this.names = names;
    this.hostTextMax = !posix && prefersNothing(tree) ? -1 : hostTextMax(tree);
    this.looksBack = source.includes('(?<');
    this.beyondHost = posix && (!greedyIsLongest(tree) || forgetsGroups(tree));
  }

  search(text: string, from: number, anchored: boolean): Int32Array | null {
    if (from > text.length) return null;
    this.#matcher ??= this.#program.backtracks
      ? new BacktrackMatcher(this.#program, this.#flags.includes('i'))
      : new PikeMatcher(this.#program);
    return this.#matcher.search(text, from, {
      anchored,
      longest: this.#posix,
      unicode: this.#flags.includes('u'),
      first: this.#first,
    });
  }
}

/** How deep the host itself can go depends on its stack. */
function checkNesting(source: string): void {
  let depth = 0;
  for (const [token] of source.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()]/g)) {
    if (token === '(' && ++depth > NESTING_MAX) throw new RegexError('Regular expression too big');
    if (token === ')') depth--;
  }
}

function matchOf(text: string, slots: Int32Array | null): PatternMatch | null {
  if (slots === null) return null;
  const groups = Array.from({ length: slots.length / 2 }, (_, i) =>
    slots[2 * i + 1] < 0 ? undefined : text.slice(slots[2 * i], slots[2 * i + 1]),
  );
  return { start: slots[0], end: slots[1], groups };
}
