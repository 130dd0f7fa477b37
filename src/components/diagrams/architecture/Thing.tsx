import type { ReactNode } from 'react';

/** A thing of the drawing that takes the focus and says in one sentence what it is. */
export function Thing({ name, className = '', children }: { name: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: every thing of a drawing can be reached with the keys
    <div role="img" tabIndex={0} aria-label={name} className={`relative h-full w-full ${className}`}>
      {children}
    </div>
  );
}
