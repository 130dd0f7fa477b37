import { RegexError } from './error.ts';
import { Pattern } from './pattern.ts';
import { translatePerl } from './perl.ts';

/** A pattern as Go's regexp package takes it: RE2's syntax, which has no look-around and no back-references. Throws {@link RegexError}. */
export function compileGoRegex(pattern: string): Pattern {
  const bare = pattern.replace(/\\\\|\[(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]/g, '  ');
  if (/\(\?(?:[=!>]|<[=!])/.test(bare)) throw new RegexError('invalid or unsupported Perl syntax');
  if (/\\[1-9kKhRZ]/.test(bare)) throw new RegexError('invalid escape sequence');
  if (/[*+?}]\+|\*\*|\+\*|\?\*/.test(bare.replace(/\\[\s\S]/g, '  '))) throw new RegexError('invalid nested repetition operator');
  const { source, flags } = translatePerl(pattern);
  try {
    return new Pattern(source, `${flags}u`);
  } catch (error) {
    throw error instanceof RegexError ? error : new RegexError('error parsing regexp');
  }
}
