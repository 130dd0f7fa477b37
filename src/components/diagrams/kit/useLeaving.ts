import { useEffect, useRef, useState } from 'react';

const leaveMs = 240;

/** The items, and for 240 ms those that have gone, marked: so that a shape can fade out after its thing is no more. */
export function useLeaving<T extends { readonly id: string }>(items: readonly T[]): readonly (T & { leaving: boolean })[] {
  const before = useRef<readonly T[]>(items);
  const [gone, setGone] = useState<readonly T[]>([]);
  useEffect(() => {
    const ids = new Set(items.map((item) => item.id));
    const lost = before.current.filter((item) => !ids.has(item.id));
    before.current = items;
    if (lost.length === 0) return;
    setGone((old) => [...old, ...lost]);
    const timer = setTimeout(() => setGone((old) => old.filter((item) => !lost.includes(item))), leaveMs);
    return () => clearTimeout(timer);
  }, [items]);
  const ids = new Set(items.map((item) => item.id));
  return [
    ...items.map((item) => ({ ...item, leaving: false })),
    ...gone.filter((item) => !ids.has(item.id)).map((item) => ({ ...item, leaving: true })),
  ];
}
