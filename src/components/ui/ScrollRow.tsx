import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { t } from '../../state/strings/index.ts';
import { useOverflow } from './useOverflow.ts';

/** A row that scrolls sideways. What lies beyond its edge is led to by a button there. */
export function ScrollRow({ className = '', children }: { className?: string; children: ReactNode }) {
  const { ref: row, over: beyond, look } = useOverflow<HTMLDivElement>('right');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other children are another width
  useEffect(look, [children]);
  return (
    <div className="relative flex-none">
      <div ref={row} className={`overflow-x-auto [scrollbar-width:none] ${className}`} onScroll={look}>
        {children}
      </div>
      {beyond && (
        <button
          type="button"
          tabIndex={-1}
          className="absolute inset-y-0 right-0 flex w-9 items-center justify-center border-l border-line bg-s1 text-ink2 hover:text-ink pointer-coarse:w-11"
          aria-label={t('row.more')}
          title={t('row.more')}
          onClick={() => row.current?.scrollBy({ left: row.current.clientWidth * 0.7, behavior: 'smooth' })}
        >
          <ChevronRight size={15} aria-hidden />
        </button>
      )}
    </div>
  );
}
