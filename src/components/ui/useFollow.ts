import { type RefCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Keeps a list that grows at its end there, unless it was scrolled up; and puts it there when it is shown or changes its size. */
export function useFollow<E extends HTMLElement>(content: unknown): RefCallback<E> {
  const [list, setList] = useState<E | null>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (!list) return;
    let height = 0;
    const observer = new ResizeObserver(() => {
      height = list.clientHeight;
      if (follows.current) list.scrollTop = list.scrollHeight;
    });
    const scrolled = () => {
      // A change of size scrolls too; only a person's scrolling counts.
      if (list.clientHeight === height) follows.current = list.scrollHeight - list.clientHeight - list.scrollTop < 24;
    };
    observer.observe(list);
    list.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', scrolled);
    };
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new content scrolls to the end
  useLayoutEffect(() => {
    if (list && follows.current) list.scrollTop = list.scrollHeight;
  }, [content, list]);
  return setList;
}
