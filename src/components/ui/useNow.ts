import { useEffect, useState } from 'react';
import { virtualNow } from '../../state/actions.ts';
import { useApp, useView } from '../../state/app.ts';

/** Virtual time, told every `everyMs`: it runs on while nothing happens, and stands while it is paused. */
export function useNow(everyMs: number): number {
  const newest = useView((view) => view?.now ?? 0);
  const runs = useApp((state) => state.status === 'running');
  const [now, setNow] = useState(newest);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(virtualNow() ?? 0), everyMs);
    return () => clearInterval(timer);
  }, [runs, everyMs]);
  return runs ? Math.max(now, newest) : newest;
}
