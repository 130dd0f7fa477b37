/** Lines cut and pasted. */
import type { Session } from './session.ts';

/** Cuts the line; `append`: it joins what was cut by the key before. */
export function cutLine(nano: Session, append: boolean): void {
  const b = nano.buffer;
  if (b.row === b.lines.length - 1 && b.line === '') {
    nano.status = 'Nothing was cut';
    return;
  }
  b.checkpoint();
  nano.cut = append ? [...nano.cut, b.line] : [b.line];
  b.replaceLines(b.row, b.row + 1, b.row === b.lines.length - 1 ? [''] : []);
  b.moveTo(b.row, 0);
  nano.lastWasCut = true;
}

/** Puts in what was cut. */
export function pasteCut(nano: Session): void {
  const b = nano.buffer;
  if (nano.cut.length === 0) {
    nano.status = 'Cutbuffer is empty';
    return;
  }
  b.checkpoint();
  b.replaceLines(b.row, b.row, nano.cut);
  b.moveTo(b.row + nano.cut.length, 0);
}
