/** The dialects of patterns. */
export type RegexSyntax = 'basic' | 'extended' | 'perl' | 'awk';

/** A bad pattern, in regcomp(3)'s words. */
export class RegexError extends Error {}

/** A search that was given up, as PCRE gives up at its match limit. */
export class RegexLimitError extends Error {
  constructor() {
    super("exceeded PCRE's backtracking limit");
  }
}
