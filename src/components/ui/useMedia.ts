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

export const phone = '(max-width: 719.9px)';
export const narrow = '(max-width: 1099.9px)';
export const wide = '(min-width: 1760px)';
