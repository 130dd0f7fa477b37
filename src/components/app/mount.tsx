import { createRoot } from 'react-dom/client';
import { useApp } from '../../state/app.ts';
import { App } from './App.tsx';

/** Puts the app in the place of index.html's stand-in. */
export function mount(): void {
  createRoot(document.getElementById('root')!).render(<App />);
  // The drawing loads when the rest stands.
  setTimeout(() => useApp.setState({ settled: true }), 50);
}
