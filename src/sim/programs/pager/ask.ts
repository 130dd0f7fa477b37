/** Questions on the last row. */
import type { Sim } from '../../kernel/sim.ts';
import { paint } from './painting.ts';
import type { View } from './view.ts';

/** One letter; undefined for any other key. */
export function* askLetter(view: View, prompt: string): Sim<string | undefined> {
  yield* paint(view, prompt);
  const key = yield* view.key();
  return key !== null && [...key].length === 1 ? key : undefined;
}

/** A line of input at the bottom; null when it was given up. */
export function* ask(view: View, prompt: string): Sim<string | null> {
  let text = '';
  for (;;) {
    if (view.queue.length === 0) yield* paint(view, prompt + text);
    const key = yield* view.key();
    if (key === null || key === 'Ctrl-C' || key === 'Esc') return null;
    if (key === 'Enter' || key === 'Ctrl-J') return text;
    if (key === 'Backspace' || key === 'Ctrl-H') {
      if (text === '') return null;
      text = [...text].slice(0, -1).join('');
    } else if (key === 'Ctrl-U') text = '';
    else if ([...key].length === 1) text += key;
  }
}
