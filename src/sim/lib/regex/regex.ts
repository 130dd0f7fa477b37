import { RegexError, RegexLimitError, type RegexSyntax } from './error.ts';
import { Pattern, type PatternMatch, type PatternOptions } from './pattern.ts';
import { translatePerl } from './perl.ts';
import { PosixParser } from './posix.ts';

export { RegexError, RegexLimitError, type RegexSyntax };
export type RegexMatch = PatternMatch;

export interface RegexOptions {
  readonly ignoreCase?: boolean;
  /** ^ and $ also match at line borders inside the text. */
  readonly multiline?: boolean;
  /** A match begins where the search does. */
  readonly anchored?: boolean;
  /** A search that is given up found nothing; else it throws {@link RegexLimitError}. */
  readonly quiet?: boolean;
}

/** A POSIX or Perl pattern. A search may throw {@link RegexLimitError} if the pattern has back-references. */
export class Regex extends Pattern {
  /** What GNU grep says of a pattern that it takes nevertheless. */
  readonly warnings: readonly string[];

  constructor(source: string, flags: string, options: PatternOptions, warnings: readonly string[]) {
    super(source, flags, options);
    this.warnings = warnings;
  }
}

/** A loop of a shell asks for the same few patterns again and again. */
const REGEXES_KEPT = 300;
const kept = new Map<string, Regex>();

/** Compiles a pattern. Throws {@link RegexError}. */
export function compileRegex(pattern: string, syntax: RegexSyntax, options: RegexOptions = {}): Regex {
  const key = `${syntax} ${options.ignoreCase ?? false} ${options.multiline ?? false} ${options.anchored ?? false} ${options.quiet ?? false} ${pattern}`;
  let regex = kept.get(key);
  if (regex === undefined) {
    regex = compile(pattern, syntax, options);
    if (kept.size >= REGEXES_KEPT) kept.clear();
    kept.set(key, regex);
  }
  return regex;
}

function compile(pattern: string, syntax: RegexSyntax, options: RegexOptions): Regex {
  const flags = `${options.ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}`;
  const { anchored, quiet } = options;
  if (syntax === 'perl') return compilePerl(pattern, flags, { anchored, quiet });
  const parser = new PosixParser(pattern, syntax);
  const source = parser.parse();
  try {
    return new Regex(source, `${flags}su`, { posix: true, anchored, quiet }, parser.warnings);
  } catch (error) {
    throw error instanceof RegexError ? error : new RegexError('Invalid regular expression');
  }
}

function compilePerl(pattern: string, flags: string, options: PatternOptions): Regex {
  const { source, flags: own } = translatePerl(pattern);
  const all = flags + [...own].filter((f) => !flags.includes(f)).join('');
  for (const mode of [`${all}u`, all]) {
    try {
      return new Regex(source, mode, options, []);
    } catch (error) {
      if (error instanceof RegexError) throw error;
      if (mode === all) throw new RegexError(perlMessage(error instanceof Error ? error.message : '', pattern));
    }
  }
  throw new RegexError('Invalid regular expression');
}

function perlMessage(message: string, pattern: string): string {
  if (/Unterminated group/.test(message)) return `missing closing parenthesis`;
  if (/Unmatched '\)'/.test(message)) return `unmatched closing parenthesis`;
  if (/Nothing to repeat/.test(message)) return `quantifier does not follow a repeatable item`;
  if (/Unterminated character class/.test(message)) return `missing terminating ] for character class`;
  return `cannot compile ${pattern}`;
}
