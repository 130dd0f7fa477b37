import { SyntaxProblem } from './problem.ts';
import { Recognizer } from './recognizer.ts';

/** False if more lines are needed to make commands of it. */
export function isComplete(text: string, posix: boolean, aliases?: ReadonlyMap<string, string>): boolean {
  const recognizer = new Recognizer(text, { posix, aliases });
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
