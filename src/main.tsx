import { createRoot } from 'react-dom/client';
import { App } from './components/app/App.tsx';
import './components/app/app.css';
import { loadEngine } from './state/actions.ts';
import { useApp } from './state/app.ts';
import { openSession } from './state/session/open.ts';
import { applySettings } from './state/settings.ts';

applySettings();
const session = openSession();
matchMedia('(prefers-color-scheme: light)').addEventListener('change', applySettings);
loadEngine().then(
  (engine) => engine.start(session),
  (error: unknown) => useApp.setState({ status: 'failed', error: String(error) }),
);
createRoot(document.getElementById('root')!).render(<App />);
