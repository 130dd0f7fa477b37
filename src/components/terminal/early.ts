/**
 * Runs inline in index.html, before anything else is there: applies the settings, shows the last screen or the welcome with
 * a prompt, takes keys and echoes them where the terminal will echo them. The terminal takes the keys over when it stands.
 * It may import types only. `__WELCOME__` is filled in by vite.config.ts from the catalogue.
 */
import type { SavedScreen } from '../../state/early.ts';
import type { Settings } from '../../state/settings.ts';

declare const __WELCOME__: readonly [string, string, string, string];

function stored<T>(storage: Storage, key: string): Partial<T> {
  try {
    return (JSON.parse(storage.getItem(key) ?? '{}') as Partial<T>) ?? {};
  } catch {
    return {};
  }
}

const root = document.documentElement;
const settings = stored<Settings>(localStorage, 'drydock.settings');
root.dataset.theme = settings.theme ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
root.dataset.arrangement = settings.arrangement ?? 'auto';
root.dataset.left = settings.leftFolded ? 'folded' : 'open';
root.style.setProperty('--left', `${settings.leftFolded ? 48 : (settings.left ?? 336)}px`);
root.style.setProperty('--split', String(settings.split ?? 0.54));
root.style.setProperty('--term-size', `${settings.fontSize ?? 13}px`);
// The line height that xterm.js will use: see lineHeightFor in controller.ts.
root.style.setProperty('--term-line', `${Math.round(((settings.fontSize ?? 13) * 20) / 13)}px`);

const host = document.getElementById('early') as HTMLElement;
const field = host.querySelector('textarea') as HTMLTextAreaElement;
const screen = host.querySelector('pre') as HTMLElement;
const place = document.querySelector('.term-screen')?.getBoundingClientRect();
if (place)
  Object.assign(host.style, { left: `${place.left}px`, top: `${place.top}px`, width: `${place.width}px`, height: `${place.height}px` });

let keys = '';
let live = true;

function run(text: string, style: string): HTMLElement {
  const span = document.createElement('span');
  span.className = style;
  span.textContent = text;
  return span;
}

const cursor = run(' ', 'early-cursor');
const typed = document.createTextNode('');
const saved = stored<SavedScreen>(sessionStorage, 'drydock.screen');
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

function take(data: string): void {
  keys += data;
  for (const char of data) {
    if (char === '\r') typed.data += '\n';
    else if (char === '\x7f') typed.data = typed.data.replace(/[^\n]$/, '');
    else if (char >= ' ') typed.data += char;
    else break;
  }
}

const codes: Record<string, string> = {
  Enter: '\r',
  Backspace: '\x7f',
  Tab: '\t',
  Escape: '\x1b',
  ArrowUp: '\x1b[A',
  ArrowDown: '\x1b[B',
  ArrowRight: '\x1b[C',
  ArrowLeft: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  Delete: '\x1b[3~',
};
let escaped = false;
field.addEventListener('keydown', (event) => {
  if (!live || event.isComposing || event.metaKey) return;
  const leaves = event.key === 'Tab' && (escaped || event.shiftKey);
  escaped = event.key === 'Escape';
  if (leaves) return;
  const code =
    event.ctrlKey && !event.altKey && /^[a-z]$/i.test(event.key) && !event.shiftKey
      ? String.fromCharCode(event.key.toUpperCase().charCodeAt(0) - 64)
      : codes[event.key];
  if (code === undefined) return;
  if (event.ctrlKey && event.key.toLowerCase() === 'v') return;
  event.preventDefault();
  take(code);
});
field.addEventListener('input', () => {
  if (!live) return;
  take(field.value.replace(/\r?\n/g, '\r'));
  field.value = '';
});
host.addEventListener('pointerup', () => {
  if (live && !String(getSelection())) field.focus({ preventScroll: true });
});

window.__early = {
  take() {
    live = false;
    const taken = keys;
    keys = '';
    return taken;
  },
  remove() {
    host.remove();
  },
};
window.__terminal = { ready: true, text: () => screen.textContent ?? '' };
field.focus({ preventScroll: true });
