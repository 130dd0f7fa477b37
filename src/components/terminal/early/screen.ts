/**
 * Runs inline in index.html, right behind the stand-in of the terminal: shows the last screen or the welcome with a prompt, and echoes
 * the keys that keys.ts takes where the terminal will echo them. It may import types only. `__WELCOME__` is filled in by
 * vite.config.ts from the catalogue.
 */
import type { SavedScreen } from '../../../state/early.ts';

declare const __WELCOME__: readonly [string, string, string, string];

function readScreen(): Partial<SavedScreen> {
  try {
    return (JSON.parse(sessionStorage.getItem('drydock.screen') ?? '{}') as Partial<SavedScreen>) ?? {};
  } catch {
    return {};
  }
}

const host = document.getElementById('early') as HTMLElement;
const field = host.querySelector('textarea') as HTMLTextAreaElement;
const screen = host.querySelector('pre') as HTMLElement;
const early = window.__early as NonNullable<Window['__early']>;

function run(text: string, style: string): HTMLElement {
  const span = document.createElement('span');
  span.className = style;
  span.textContent = text;
  return span;
}

const cursor = run(' ', 'early-cursor');
const typed = document.createTextNode('');
const saved = readScreen();
if (saved.rows && saved.cursor) {
  const [row, column] = saved.cursor;
  saved.rows.forEach((runs, y) => {
    let x = 0;
    for (const [text, style] of runs) {
      const cut = y === row ? Math.max(0, column - x) : text.length;
      screen.append(run(text.slice(0, cut), style));
      x += text.length;
      if (cut < text.length) break;
    }
    if (y === row) screen.append(' '.repeat(Math.max(0, column - x)), typed, cursor);
    screen.append('\n');
  });
} else {
  const [line1, before, command, after] = __WELCOME__;
  screen.append(
    run(`${line1}\n${before}`, 'f8 words'),
    run(command, 'b words'),
    run(`${after}\n\n`, 'f8 words'),
    run('student@node1', 'b f4'),
    ':',
    run('~', 'b f4'),
    '$ ',
    typed,
    cursor,
  );
}

function echo(data: string): void {
  for (const char of data) {
    if (char === '\r') typed.data += '\n';
    else if (char === '\x7f') typed.data = typed.data.replace(/[^\n]$/, '');
    else if (char >= ' ') typed.data += char;
    else break;
  }
}

echo(early.keys());
early.shown = echo;
field.addEventListener('input', () => {
  early.type(field.value.replace(/\r?\n/g, '\r'));
  field.value = '';
});
host.addEventListener('pointerup', () => {
  if (!String(getSelection())) field.focus({ preventScroll: true });
});
early.remove = () => host.remove();
early.lift = () => {
  const { left, top, width, height } = host.getBoundingClientRect();
  const focused = document.activeElement === field;
  Object.assign(host.style, {
    position: 'fixed',
    inset: 'auto',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  document.body.append(host);
  if (focused) field.focus({ preventScroll: true });
};
(window.__terminal as NonNullable<Window['__terminal']>).text = () => screen.textContent ?? '';
