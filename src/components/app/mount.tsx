import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { useApp } from '../../state/app.ts';
import { App } from './App.tsx';
import { keysPause } from './keysPause.ts';

/** The drawing loads when the rest stands, and no key has come for so long (ms). */
const quietMs = 150;

/** Puts the app in the place of index.html's stand-in, in slices between which keys are answered. */
export function mount(): void {
  window.__early?.lift();
  const root = createRoot(document.getElementById('root')!);
  startTransition(() => root.render(<App />));
  void keysPause(quietMs).then(() => useApp.setState({ settled: true }));
}
