/** The window and the prompt below it. */
import type { Sim } from '../../kernel/sim.ts';
import { clip } from '../editor/screen.ts';
import type { View } from './view.ts';

/** `asked` stands on the last row as it is; without it there is less's own prompt. */
export function* paint(view: View, asked?: string): Sim<void> {
  const height = view.page;
  yield* view.source.need(view.top + height + 1, view.keysFd);
  const visible = view.visible();
  const out: string[] = [];
  let at = view.top;
  for (; out.length < height && at < visible.length; at++) {
    out.push(...view.rowsOf(view.source.lines[visible[at]], visible[at] + 1));
  }
  const cut = out.length > height;
  out.length = Math.min(out.length, height);
  const atEnd = view.source.ended && at >= visible.length && !cut;
  while (out.length < height) out.push(view.options.tildes ? '\x1b[1m~' : '');
  const prompt = clip(asked ?? promptText(view, atEnd), 0, view.screen.size.columns - 1);
  const plainPrompt = asked !== undefined || prompt === ':';
  out.push(plainPrompt ? prompt : `\x1b[7m${prompt}`);
  yield* view.screen.paint(out, { row: height, column: Math.min(prompt.length, view.screen.size.columns - 1) });
}

function promptText(view: View, atEnd: boolean): string {
  if (view.message !== '') return `${view.message}  (press RETURN)`.replace(/^(.*lines \d.*) {2}\(press RETURN\)$/, '$1');
  const name = view.source.name === '-' ? '' : view.source.name;
  if (view.options.longPrompt) {
    const total = view.source.lines.length;
    const to = Math.min(total, view.top + view.page);
    return `${name === '' ? '' : `${name} `}lines ${view.top + 1}-${to}${view.source.ended ? `/${total}` : ''}${atEnd ? ' (END)' : ''}`;
  }
  const file = view.files.length > 1 ? ` (file ${view.index + 1} of ${view.files.length})` : '';
  const next = atEnd && view.index + 1 < view.files.length ? ` - Next: ${view.files[view.index + 1]}` : '';
  if (view.fresh && name !== '') return `${name}${file}${atEnd ? ' (END)' : ''}${next}`;
  return atEnd ? `(END)${next}` : ':';
}

/** Where we are, as `=` tells it. */
export function* where(view: View): Sim<string> {
  yield* view.source.need(Number.POSITIVE_INFINITY, view.keysFd);
  const total = view.source.lines.length;
  const to = Math.min(total, view.top + view.page);
  const name = view.source.name === '-' ? '' : `${view.source.name} `;
  const file = view.files.length > 1 ? `(file ${view.index + 1} of ${view.files.length}) ` : '';
  const bytes = view.source.lines.slice(0, to).reduce((n, line) => n + line.length + 1, 0);
  const end = to >= total ? ' (END)' : ` ${Math.floor((100 * bytes) / Math.max(1, view.source.bytes))}%`;
  return `${name}${file}lines ${Math.min(total, view.top + 1)}-${to}/${total} byte ${Math.min(bytes, view.source.bytes)}/${view.source.bytes}${end}`;
}
