import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Keeps a list that grows at its end there, unless it was scrolled up; and puts it there when it is shown or changes its size. */
export function useFollow<E extends HTMLElement>(content: unknown): RefObject<E | null> {
  const list = useRef<E>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another element once there is something in it
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const end = () => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    };
    const scrolled = () => {
      follows.current = element.scrollHeight - element.clientHeight - element.scrollTop < 24;
    };
    const observer = new ResizeObserver(end);
    observer.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [list.current === null]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new content scrolls to the end
  useLayoutEffect(() => {
    if (list.current && follows.current) list.current.scrollTop = list.current.scrollHeight;
  }, [content]);
  return list;
}
