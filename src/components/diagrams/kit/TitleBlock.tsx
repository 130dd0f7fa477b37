import { Clock } from '../../ui/Clock.tsx';
import type { Point } from './types.ts';

/** The corner of a drawing: which view, of what, at which time. It stands where the drawing leaves room for it. */
export function TitleBlock({ view, subject, at: [left, top] }: { view: string; subject: string; at: Point }) {
  return (
    <div
      className="pointer-events-none absolute z-10 flex border border-line bg-s1 text-print text-ink2"
      style={{ left, top }}
      aria-hidden="true"
    >
      <span className="w-[88px] px-2 py-1 font-medium text-ink">{view}</span>
      <span className="w-[52px] truncate border-l border-line px-2 py-1">{subject}</span>
      <span className="w-[72px] border-l border-line px-2 py-1 font-mono tabular-nums">
        <Clock />
      </span>
    </div>
  );
}
