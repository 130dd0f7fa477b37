import { POSIX_CLASSES } from '../../lib/posixClasses.ts';
import { RegexError, type RegexSyntax } from './regexError.ts';
import { RegexParser } from './regexParser.ts';

export { RegexError, type RegexSyntax };

const LONGER_KEPT = 256;

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** [0] is the whole match; a group that took no part is undefined. */
  readonly groups: readonly (string | undefined)[];
}

export interface RegexOptions {
  readonly ignoreCase?: boolean;
  /** ^ and $ also match at line borders inside the text. */
  readonly multiline?: boolean;
}

/** A POSIX or Perl pattern, compiled to the engine's own regular expressions; leftmost-longest where alternatives differ in length. */
export class Regex {
  readonly #source: string;
  readonly #flags: string;
  readonly #search: RegExp;
  readonly #longest: boolean;
  readonly #longer = new Map<number, RegExp>();
  readonly groupCount: number;
  readonly warnings: readonly string[];

  constructor(source: string, flags: string, longest: boolean, groupCount: number, warnings: readonly string[]) {
    this.#source = source;
    this.#flags = flags;
    this.#search = new RegExp(source, `${flags}g`);
    this.#longest = longest;
    this.groupCount = groupCount;
    this.warnings = warnings;
  }

  test(text: string): boolean {
    this.#search.lastIndex = 0;
    return this.#search.test(text);
  }

  /** The leftmost match at or after `from`; of those the longest. */
  exec(text: string, from = 0): RegexMatch | null {
    this.#search.lastIndex = from;
    let m = this.#search.exec(text);
    if (m === null) return null;
    if (this.#longest) {
      for (;;) {
        const longer = this.#withAtLeast(m[0].length + 1, m.index, text);
        if (longer === null) break;
        m = longer;
      }
    }
    return { start: m.index, end: m.index + m[0].length, groups: m };
  }

  /** A match from `at` that ends at `at + length` or later, or null. */
  #withAtLeast(length: number, at: number, text: string): RegExpExecArray | null {
    const least = at + length;
    if (least > text.length) return null;
    let re = this.#longer.get(least);
    if (re === undefined) {
      if (this.#longer.size >= LONGER_KEPT) this.#longer.clear();
      re = new RegExp(`(?:${this.#source})(?<=(?<![\\s\\S])[\\s\\S]{${least},})`, `${this.#flags}y`);
      this.#longer.set(least, re);
    }
    re.lastIndex = at;
    return re.exec(text);
  }
}

/** Compiles a pattern. Throws {@link RegexError}. */
export function compileRegex(pattern: string, syntax: RegexSyntax, options: RegexOptions = {}): Regex {
  const flags = `${options.ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}`;
  if (syntax === 'perl') return compilePerl(pattern, flags);
  const parser = new RegexParser(pattern, syntax);
  const source = parser.parse();
  try {
    return new Regex(source, `${flags}su`, parser.alternatives, parser.groups, parser.warnings);
  } catch {
    throw new RegexError('Invalid regular expression');
  }
}

/** What people use of PCRE beyond JavaScript: \K, \h, (?i), \Q..\E, (?P<n>), POSIX classes, \A \z, possessive marks. */
function compilePerl(pattern: string, flags: string): Regex {
  let source = pattern
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX_CLASSES[name] ?? whole)
    .replace(/\(\?P?<([A-Za-z_]\w*)>/g, '(?<$1>')
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\R/g, '(?:\\r\\n|\\n|\\r)')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\x\{([0-9a-fA-F]+)\}/g, (_, hex: string) => `\\u{${hex}}`)
    .replace(/([*+?}])\+/g, '$1');
  let extra = flags;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    for (const f of inline[1]) if (f !== 'x' && !extra.includes(f)) extra += f;
  }
  const keep = source.lastIndexOf('\\K');
  if (keep >= 0) source = `(?<=${source.slice(0, keep)})${source.slice(keep + 2)}`;
  const groups = (source.match(/\((?!\?)|\(\?<(?![=!])/g) ?? []).length;
  for (const mode of [`${extra}u`, extra]) {
    try {
      return new Regex(source, mode, false, groups, []);
    } catch (error) {
      if (mode === extra) throw new RegexError(perlMessage(error instanceof Error ? error.message : '', pattern));
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
