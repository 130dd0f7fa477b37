/** Regular expressions of awk. */
import { compileRegex, type Regex, RegexError } from '../../../lib/regex/regex.ts';
import { AwkSyntaxError } from './syntax.ts';

/** Compiles one; throws AwkSyntaxError, in mawk's words. */
export function compileAwkRegex(source: string): Regex {
  try {
    return compileRegex(source, 'awk');
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new AwkSyntaxError(
      `regular expression compile failed (${error.message.includes('[') ? 'bad class -- [], [^] or [' : error.message.includes('(') || error.message.includes(')') ? 'missing operand' : 'syntax error'})\n${source}`,
    );
  }
}
