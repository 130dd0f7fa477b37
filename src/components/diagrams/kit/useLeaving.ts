import { useEffect, useMemo, useRef, useState } from 'react';
import { Leaving } from './leaving.ts';

/** The items, and for 240 ms those that have gone, marked: so that a shape can fade out after its thing is no more. */
export function useLeaving<T extends { readonly id: string }>(items: readonly T[]): readonly (T & { leaving: boolean })[] {
  const before = useRef<readonly T[]>(items);
  const [gone, setGone] = useState<readonly T[]>([]);
  const leaving = useMemo(() => new Leaving<T>(setGone), []);
  useEffect(() => {
    leaving.update(before.current, items);
    before.current = items;
  }, [items, leaving]);
  useEffect(() => () => leaving.stop(), [leaving]);
  const ids = new Set(items.map((item) => item.id));
  return [
    ...items.map((item) => ({ ...item, leaving: false })),
    ...gone.filter((item) => !ids.has(item.id)).map((item) => ({ ...item, leaving: true })),
  ];
}
