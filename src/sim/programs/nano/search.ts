/** Where Is, and Replace. */

import type { Sim } from '../../kernel/sim.ts';
import { Pattern } from '../../lib/regex/pattern.ts';
import { ask, askYesNo } from './ask.ts';
import type { Session } from './session.ts';

/** Asks for a text and goes to it. */
export function* whereIs(nano: Session): Sim<void> {
  const text = yield* ask(nano, nano.search === '' ? 'Search: ' : `Search [${nano.search}]: `);
  if (text === null) return;
  if (text !== '') nano.search = text;
  findNext(nano);
}

/** Goes to the next place of the text that was asked for last. */
export function findNext(nano: Session): void {
  if (nano.search === '') {
    nano.status = 'No current search pattern';
    return;
  }
  const found = nano.buffer.find(literal(nano.search));
  if (!found) {
    nano.status = `"${nano.search}" not found`;
    return;
  }
  if (found.row === nano.buffer.row && found.column === nano.buffer.column) nano.status = 'This is the only occurrence';
  else if (found.wrapped) nano.status = 'Search Wrapped';
  nano.buffer.moveTo(found.row, found.column);
}

/** Asks for two texts and puts the second in place of the first. */
export function* replace(nano: Session): Sim<void> {
  const from = yield* ask(nano, 'Search (to replace): ', '');
  if (!from) return;
  const to = yield* ask(nano, 'Replace with: ');
  if (to === null) return;
  nano.search = from;
  const b = nano.buffer;
  let all = false;
  let count = 0;
  b.checkpoint();
  b.moveTo(b.row, b.column);
  for (let row = b.row, column = b.column; ; ) {
    const rest = b.lines[row].toLowerCase().indexOf(from.toLowerCase(), column);
    if (rest < 0) {
      if (++row >= b.lines.length) break;
      column = 0;
      continue;
    }
    b.moveTo(row, rest);
    const answer = all ? 'yes' : yield* askYesNo(nano, 'Replace this instance? ', true);
    if (answer === null) break;
    if (answer === 'all') all = true;
    if (answer === 'no') {
      column = rest + from.length;
      continue;
    }
    b.remove({ row, column: rest }, { row, column: rest + from.length });
    b.insert(to);
    column = rest + to.length;
    count++;
  }
  nano.status = count === 0 ? `"${from}" not found` : `Replaced ${count} occurrence${count === 1 ? '' : 's'}`;
}

/** nano's search ignores case unless told otherwise. */
function literal(text: string): Pattern {
  return new Pattern(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
}
