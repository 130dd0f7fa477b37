/**
 * Runs inline in the head of index.html: applies the settings and takes keys, before there is a body. Keys wait in `window.__early`;
 * the stand-in's screen (screen.ts) shows them, and the terminal takes them over when it stands. It may import types only.
 */
import type { Settings } from '../../../state/settings.ts';

function readSettings(): Partial<Settings> {
  try {
    return (JSON.parse(localStorage.getItem('drydock.settings') ?? '{}') as Partial<Settings>) ?? {};
  } catch {
    // Broken, or a browser that forbids the page to look.
    return {};
  }
}

const root = document.documentElement;
const settings = readSettings();
root.dataset.theme = settings.theme ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
root.dataset.arrangement = settings.arrangement ?? 'auto';
root.dataset.left = settings.leftFolded ? 'folded' : 'open';
root.style.setProperty('--left', `${settings.leftFolded ? 48 : (settings.left ?? 336)}px`);
root.style.setProperty('--split', String(settings.split ?? 0.54));
root.style.setProperty('--term-size', `${settings.fontSize ?? 13}px`);
// The line height that xterm.js will use: see lineHeightFor in controller.ts.
root.style.setProperty('--term-line', `${Math.round(((settings.fontSize ?? 13) * 20) / 13)}px`);

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
let keys = '';
let escaped = false;

function press(event: KeyboardEvent): void {
  const inField = event.target instanceof Element && event.target.closest('#early') !== null;
  if ((!inField && event.target !== document.body && event.target !== root) || event.isComposing || event.metaKey) return;
  const leaves = event.key === 'Tab' && (escaped || event.shiftKey || !inField);
  escaped = event.key === 'Escape';
  if (leaves || (event.ctrlKey && event.key.toLowerCase() === 'v')) return;
  let code =
    event.ctrlKey && !event.altKey && /^[a-z]$/i.test(event.key) && !event.shiftKey
      ? String.fromCharCode(event.key.toUpperCase().charCodeAt(0) - 64)
      : codes[event.key];
  // In the field a letter comes as input, with what input methods make of it; before there is a field it comes from here.
  if (code === undefined && !inField && event.key.length === 1 && !event.ctrlKey && !event.altKey) code = event.key;
  if (code === undefined) return;
  event.preventDefault();
  early.type(code);
}
addEventListener('keydown', press, true);

const early: NonNullable<Window['__early']> = {
  type(data) {
    keys += data;
    early.shown?.(data);
  },
  keys: () => keys,
  take() {
    removeEventListener('keydown', press, true);
    const taken = keys;
    keys = '';
    return taken;
  },
  remove() {},
  lift() {},
  shown: undefined,
};
window.__early = early;
window.__terminal = { ready: true, text: () => keys };
