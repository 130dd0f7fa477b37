/** The dialects of patterns. */
export type RegexSyntax = 'basic' | 'extended' | 'perl' | 'awk';

/** A bad pattern, in regcomp(3)'s words. */
export class RegexError extends Error {}
