/** The bottom line while something is typed into it: an ex command, or a pattern to search for. */
import type { Sim } from '../../kernel/sim.ts';
import { paint } from './painting.ts';
import type { Session } from './session.ts';

/** What is typed after `prefix`; null if it was given up. */
export function* readLine(vi: Session, prefix: string, initial: string): Sim<string | null> {
  let text = initial;
  try {
    for (;;) {
      vi.commandLine = prefix + text;
      yield* paint(vi);
      const key = yield* vi.next();
      if (!key || key.name === 'Esc' || key.name === 'Ctrl-C') return null;
      if (key.name === 'Enter') return text;
      if (key.name === 'Backspace' || key.name === 'Ctrl-H') {
        if (text === '') return null;
        text = text.slice(0, -1);
      } else if (key.name === 'Ctrl-U') text = '';
      else if (key.name === 'Paste') text += key.text?.split('\n')[0] ?? '';
      else if ([...key.name].length === 1) text += key.name;
    }
  } finally {
    vi.commandLine = undefined;
  }
}
