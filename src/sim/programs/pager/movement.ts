/** Going forward, backward, and to a line. */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { View } from './view.ts';

/** Goes on by so many lines; at the end it rings. */
export function* forward(view: View, count: number): Sim<void> {
  yield* view.source.need(view.source.lines.length + count + 1, view.keysFd);
  const end = view.source.ended ? view.endTop() : Number.POSITIVE_INFINITY;
  if (view.top >= end) yield* write(1, '\x07');
  else view.top = Math.min(end, view.top + count);
}

/** Goes back by so many lines. */
export function backward(view: View, count: number): void {
  view.top = Math.max(0, view.top - count);
}

/** Goes to a line, which counts from 0. */
export function* goTo(view: View, line: number): Sim<void> {
  yield* view.source.need(line + view.page + 1, view.keysFd);
  view.remember();
  const most = view.visible().length;
  if (line > most) view.message = `Cannot seek to line number ${line + 1}`;
  else view.top = Math.max(0, Math.min(line, view.source.ended ? Math.max(view.endTop(), 0) : line));
}

/** Whether the last line is in the window. */
export function* atEnd(view: View): Sim<boolean> {
  yield* view.source.need(view.top + view.page + 1, view.keysFd);
  return view.source.ended && view.top >= view.endTop();
}
