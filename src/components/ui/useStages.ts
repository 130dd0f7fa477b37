import { startTransition, useEffect, useState } from 'react';
import { browserHost } from '../../state/driver.ts';

/**
 * Counts from 0 to `last`, one a task: a page that is put up in so many pieces takes keys between them, where one commit of the
 * whole would be a task of several frames.
 */
export function useStages(last: number): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage < last) return browserHost.soon(() => startTransition(() => setStage(stage + 1)));
  }, [stage, last]);
  return stage;
}
