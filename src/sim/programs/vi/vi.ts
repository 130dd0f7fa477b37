/** The part of vim that people use: normal, insert, visual and command-line mode on one file. */
import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, sigaction, tcsetattr } from '../../kernel/syscalls.ts';
import { normalKey } from './normalMode.ts';
import { paint } from './painting.ts';
import { Session } from './session.ts';
import { visualKey } from './visualMode.ts';

/** Edits a file on the tty until it is left; gives the exit status. `startRow` counts from 0. */
export function* runVi(path: string | undefined, startRow: number): Sim<number> {
  const vi = new Session(path);
  const before = yield* makeRaw(0);
  try {
    yield* sigaction('SIGWINCH', () => resized(vi));
    yield* vi.screen.open();
    if (vi.path !== undefined) yield* vi.open(vi.path);
    vi.buffer.moveTo(startRow, 0);
    while (vi.exit === undefined) {
      yield* paint(vi);
      vi.recording = [];
      const key = yield* vi.next();
      if (!key) return 1;
      const lines = vi.buffer.lines;
      if (vi.mode === 'visual' || vi.mode === 'visual line') yield* visualKey(vi, key);
      else yield* normalKey(vi, key);
      if (vi.buffer.lines !== lines && key.name !== 'u' && key.name !== '.' && key.name !== ':') vi.lastChange = vi.recording;
      vi.clampCursor();
    }
    return vi.exit;
  } finally {
    yield* vi.screen.close();
    yield* tcsetattr(0, before);
  }
}

function* resized(vi: Session): Sim<void> {
  if (yield* vi.screen.measure()) yield* paint(vi);
}
