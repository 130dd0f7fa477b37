/** / and ?, n and N. */
import type { Sim } from '../../kernel/sim.ts';
import { readLine } from './commandLine.ts';
import { vimPattern } from './exCommand.ts';
import type { Motion } from './motions.ts';
import type { Session } from './session.ts';

/** Asks for a pattern and goes to it; null if there is nowhere to go. */
export function* searchFor(vi: Session, backwards: boolean): Sim<Motion | null> {
  const text = yield* readLine(vi, backwards ? '?' : '/', '');
  if (text === null) return null;
  if (text !== '') {
    const pattern = vimPattern(text);
    if (!pattern) {
      vi.say(`E486: Pattern not found: ${text}`, true);
      return null;
    }
    vi.search = { pattern, backwards };
  }
  return searchNext(vi, false);
}

/** Goes to the next match of the last pattern, or with `reverse` to the one before. */
export function searchNext(vi: Session, reverse: boolean): Motion | null {
  if (!vi.search) {
    vi.say('E35: No previous regular expression', true);
    return null;
  }
  const backwards = vi.search.backwards !== reverse;
  const found = vi.buffer.find(vi.search.pattern, backwards);
  if (!found) {
    vi.say(`E486: Pattern not found: ${vi.search.pattern.source}`, true);
    return null;
  }
  if (found.wrapped) vi.say(backwards ? 'search hit TOP, continuing at BOTTOM' : 'search hit BOTTOM, continuing at TOP', true);
  return { row: found.row, column: found.column, linewise: false, inclusive: false };
}
