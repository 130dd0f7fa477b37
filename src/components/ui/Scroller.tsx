import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../state/strings/index.ts';
import { useOverflow } from './useOverflow.ts';

/** A part that scrolls and says so: what lies below its edge fades out there, and a button leads on. */
export function Scroller({
  label,
  className = '',
  inside = '',
  children,
}: {
  label: string;
  className?: string;
  inside?: string;
  children: ReactNode;
}) {
  const { ref: room, over: below, look } = useOverflow<HTMLElement>('down');
  return (
    <div className={`relative min-h-0 ${className}`}>
      <section
        ref={room}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or the keys cannot scroll it
        tabIndex={0}
        onScroll={look}
        className={`h-full overflow-auto focus-visible:-outline-offset-2 ${inside}`}
      >
        {children}
      </section>
      {below && (
        <button
          type="button"
          tabIndex={-1}
          className="absolute inset-x-0 bottom-0 z-20 flex h-[22px] items-center justify-center gap-1 border-t border-line bg-s1 text-print font-medium text-ink2 hover:text-ink pointer-coarse:h-11"
          onClick={() => room.current?.scrollBy({ top: room.current.clientHeight * 0.8, behavior: 'smooth' })}
        >
          <ChevronDown size={13} aria-hidden />
          {t('arch.below')}
        </button>
      )}
    </div>
  );
}
