import { compileRegex, type Regex, type RegexSyntax } from '../../lib/regex/regex.ts';

export interface MatcherOptions {
  readonly ignoreCase: boolean;
  readonly word: boolean;
  readonly line: boolean;
  readonly multiline: boolean;
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}_]/u.test(c);

/** Several patterns as grep takes them: a line is chosen if one of them matches. */
export class Matcher {
  readonly #regexes: readonly Regex[];
  readonly #options: MatcherOptions;
  readonly warnings: readonly string[];

  constructor(patterns: readonly string[], syntax: RegexSyntax | 'fixed', options: MatcherOptions) {
    this.#options = options;
    this.#regexes = patterns.map((p) => {
      const bare = syntax === 'fixed' ? p.replace(/[\\^$.*[\]]/g, '\\$&') : p;
      const source = !options.line ? bare : syntax === 'basic' || syntax === 'fixed' ? `^\\(${bare}\\)$` : `^(${bare})$`;
      return compileRegex(source, syntax === 'fixed' ? 'basic' : syntax, { ignoreCase: options.ignoreCase, multiline: options.multiline });
    });
    this.warnings = [...new Set(this.#regexes.flatMap((r) => r.warnings))];
  }

  test(text: string): boolean {
    if (!this.#options.word && !this.#options.line) return this.#regexes.some((r) => r.test(text));
    return this.find(text, 0) !== null;
  }

  /** The leftmost-longest match of any pattern at or after `from`. */
  find(text: string, from: number): { readonly start: number; readonly end: number } | null {
    let best: { start: number; end: number } | null = null;
    for (const regex of this.#regexes) {
      const m = this.#one(regex, text, from);
      if (m !== null && (best === null || m.start < best.start || (m.start === best.start && m.end > best.end))) best = m;
    }
    return best;
  }

  #one(regex: Regex, text: string, from: number): { start: number; end: number } | null {
    for (let at = from; at <= text.length; ) {
      const m = regex.exec(text, at);
      if (m === null) return null;
      if (this.#options.line) {
        if (m.start === 0 && m.end === text.length) return m;
      } else if (!this.#options.word) return m;
      else if (!isWord(text[m.start - 1]) && !isWord(text[m.end])) return m;
      else {
        // Shorter matches from the same place, as grep tries them.
        for (let end = m.end - 1; end > m.start; end--) {
          if (isWord(text[end])) continue;
          const part = regex.exec(text.slice(0, end), m.start);
          if (part !== null && part.start === m.start && part.end === end && !isWord(text[m.start - 1])) return part;
        }
      }
      at = m.start + 1;
    }
    return null;
  }
}
