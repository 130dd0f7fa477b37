import { useSyncExternalStore } from 'react';

/** Whether a media query holds now; renders again when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (told) => {
      const list = matchMedia(query);
      list.addEventListener('change', told);
      return () => list.removeEventListener('change', told);
    },
    () => matchMedia(query).matches,
  );
}

/** One pane at a time: a phone, and a page too low for two panes at their least heights (a desk at 200 % zoom). The same as in layout.css. */
export const single = '(max-width: 719.9px), (max-width: 1099.9px) and (max-height: 559.9px)';
export const narrow = '(max-width: 1099.9px)';
export const wide = '(min-width: 1760px)';
/** Too low for one pane over the other, and wide enough for one beside the other. */
export const flat = '(min-width: 1100px) and (max-height: 559.9px)';
/** Wide enough to have them side by side on request. */
export const canBeside = '(min-width: 900px)';
