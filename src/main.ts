import './components/app/app.css';
import { keysPause } from './components/app/keysPause.ts';
import { openFirstScreen } from './components/terminal/screen.ts';
import { loadEngine } from './state/actions.ts';
import { useApp } from './state/app.ts';
import { openSession } from './state/session/open.ts';
import { applySettings } from './state/settings.ts';
import { t } from './state/strings/index.ts';

applySettings();
matchMedia('(prefers-color-scheme: light)').addEventListener('change', applySettings);

const session = openSession();
const engine = loadEngine();
engine.then(
  (loaded) => loaded.start(session),
  (error: unknown) => useApp.setState({ status: 'failed', error: String(error) }),
);
const first = openFirstScreen();

/** Keys are answered before the app is built: so long must none have come (ms). */
const quietMs = 400;

/**
 * The terminal comes first: it answers before the rest of the page is built around it. Not so where that would move it (a phone has
 * a row of keys below), where a session is brought back (the page says so), and where something failed.
 */
async function appIsDue(): Promise<void> {
  const never = () => new Promise<void>(() => {});
  const quiet = first.opened
    .then(() => keysPause(quietMs / 2))
    .then(() => {
      fetchLater();
      return keysPause(quietMs / 2);
    });
  const failed = first.controller.then(never, () => {});
  const broughtBack = session.then(
    ({ saved }) => (saved && saved.entries.length > 0 ? undefined : never()),
    () => {},
  );
  const moves = matchMedia('(max-width: 719.9px), (pointer: coarse)').matches;
  if (!moves) await Promise.race([quiet, failed, broughtBack]);
}

/** Fetches, and does not yet run, the parts that the app needs (vite.config.ts lists them). */
function fetchLater(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[data-later]')) link.rel = 'modulepreload';
}

appIsDue()
  .then(() => import('./components/app/mount.tsx'))
  .then(({ mount }) => mount())
  .catch((error: unknown) => {
    const notice = document.createElement('p');
    notice.setAttribute('role', 'alert');
    notice.className = 'notice-bare';
    notice.textContent = t('app.failed', { reason: String(error) });
    document.body.append(notice);
  });
