/** Questions on the status line. */
import type { Sim } from '../../kernel/sim.ts';
import { paint } from './painting.ts';
import type { Session } from './session.ts';

/** Asks on the status line; null when cancelled with ^C. */
export function* ask(nano: Session, label: string, initial = ''): Sim<string | null> {
  let text = initial;
  try {
    for (;;) {
      nano.prompt = {
        label,
        text,
        keys: [
          ['^G', 'Help'],
          ['^C', 'Cancel'],
        ],
      };
      yield* paint(nano);
      const key = yield* nano.keys.next();
      if (!key || key.name === 'Ctrl-C') {
        nano.status = 'Cancelled';
        return null;
      }
      if (key.name === 'Enter') return text;
      if (key.name === 'Backspace' || key.name === 'Ctrl-H') text = text.slice(0, -1);
      else if (key.name === 'Ctrl-U' || key.name === 'Ctrl-K') text = '';
      else if (key.name === 'Paste') text += key.text?.split('\n')[0] ?? '';
      else if ([...key.name].length === 1) text += key.name;
    }
  } finally {
    nano.prompt = undefined;
  }
}

/** Yes, no, with `all` also all; null when cancelled. */
export function* askYesNo(nano: Session, label: string, all = false): Sim<'yes' | 'no' | 'all' | null> {
  try {
    for (;;) {
      nano.prompt = {
        label,
        text: '',
        keys: [[' Y', 'Yes'], [' N', 'No'], ...(all ? ([[' A', 'All']] as const) : []), ['^C', 'Cancel']],
      };
      yield* paint(nano);
      const key = (yield* nano.keys.next())?.name.toLowerCase();
      if (key === 'y') return 'yes';
      if (key === 'n') return 'no';
      if (key === 'a' && all) return 'all';
      if (key === undefined || key === 'ctrl-c') return null;
    }
  } finally {
    nano.prompt = undefined;
  }
}
