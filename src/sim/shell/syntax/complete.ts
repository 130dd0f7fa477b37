import type { Dialect } from '../state/dialect.ts';
import { SyntaxProblem } from './problem.ts';
import { Recognizer } from './recognizer.ts';

/** What a dialect's syntax has of bash's. */
export function syntaxOf(dialect: Dialect): { readonly posix: boolean; readonly words: ReadonlySet<string> } {
  return { posix: dialect !== 'bash', words: dialect === 'ash' ? ASH_WORDS : NO_WORDS };
}

const NO_WORDS: ReadonlySet<string> = new Set();
const ASH_WORDS: ReadonlySet<string> = new Set(['function', '[[']);

/** False if more lines are needed to make commands of it. */
export function isComplete(text: string, dialect: Dialect, aliases?: ReadonlyMap<string, string>): boolean {
  const recognizer = new Recognizer(text, { ...syntaxOf(dialect), aliases });
  try {
    for (let at = 0; ; ) {
      const found = recognizer.commandEnd(at);
      if (recognizer.cutHereDocs.length > 0) return false;
      if (!found) return true;
      at = found.end;
    }
  } catch (error) {
    if (error instanceof SyntaxProblem) return !error.incomplete;
    throw error;
  }
}
