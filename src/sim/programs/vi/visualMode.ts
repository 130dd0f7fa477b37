/** Visual mode: motions stretch the selection, an operator is carried out on it. */
import type { Sim } from '../../kernel/sim.ts';
import type { Key } from '../editor/keys.ts';
import { askEx } from './exMode.ts';
import { move } from './motionKeys.ts';
import { operate } from './operators.ts';
import type { Session } from './session.ts';

/** Takes a key while a selection stands. */
export function* visualKey(vi: Session, key: Key): Sim<void> {
  const b = vi.buffer;
  const linewise = vi.mode === 'visual line';
  const here = { row: b.row, column: b.column };
  if (key.name === 'Esc' || key.name === 'Ctrl-C' || (key.name === 'v' && !linewise) || (key.name === 'V' && linewise)) {
    vi.mode = 'normal';
  } else if (key.name === 'v' || key.name === 'V') {
    vi.mode = key.name === 'v' ? 'visual' : 'visual line';
  } else if ('dxycs<>'.includes(key.name) && key.name.length === 1) {
    vi.mode = 'normal';
    const operator = { x: 'd', s: 'c' }[key.name] ?? key.name;
    yield* operate(vi, operator, vi.anchor, here, linewise, true);
  } else if (key.name === ':') {
    vi.mode = 'normal';
    yield* askEx(vi, `${Math.min(vi.anchor.row, here.row) + 1},${Math.max(vi.anchor.row, here.row) + 1}`);
  } else {
    yield* move(vi, key, 0);
  }
}
