import { useEffect, useState } from 'react';
import { atPrompt, useApp } from '../../state/app.ts';

/** A command that is over sooner changes nothing on the page (ms). */
const shownAfterMs = 400;

/** Whether a program has had the terminal for a while, so that commands cannot be put into it. */
export function useBusy(): boolean {
  const ready = useApp(atPrompt);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (ready) return setBusy(false);
    const timer = setTimeout(() => setBusy(true), shownAfterMs);
    return () => clearTimeout(timer);
  }, [ready]);
  return busy;
}
