import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Less than this is no overflow worth a word (px). */
const slack = 4;

/** Whether more lies beyond the lower or the right edge of what scrolls; `look` is called when it has scrolled or holds something else. */
export function useOverflow<E extends HTMLElement>(axis: 'down' | 'right'): { ref: RefObject<E | null>; over: boolean; look(): void } {
  const ref = useRef<E>(null);
  const [over, setOver] = useState(false);
  const look = useCallback(() => {
    const e = ref.current;
    if (!e) return;
    const left = axis === 'down' ? e.scrollHeight - e.clientHeight - e.scrollTop : e.scrollWidth - e.clientWidth - e.scrollLeft;
    setOver(left > slack);
  }, [axis]);
  useEffect(() => {
    const e = ref.current;
    if (!e) return;
    const observer = new ResizeObserver(look);
    observer.observe(e);
    for (const child of e.children) observer.observe(child);
    return () => observer.disconnect();
  }, [look]);
  return { ref, over, look };
}
