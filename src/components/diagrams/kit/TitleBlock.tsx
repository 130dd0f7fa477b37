import { clock } from '../../../state/format.ts';

/** The corner of a drawing: which view, of what, at which time. */
export function TitleBlock({ view, subject, at }: { view: string; subject: string; at: number }) {
  return (
    <div
      className="pointer-events-none absolute bottom-3 left-4 z-10 flex border border-line bg-s1 text-print text-ink2"
      aria-hidden="true"
    >
      <span className="w-[96px] px-2 py-1 font-medium text-ink">{view}</span>
      <span className="w-[56px] border-l border-line px-2 py-1">{subject}</span>
      <span className="w-[78px] border-l border-line px-2 py-1 font-mono tabular-nums">{clock(at)}</span>
    </div>
  );
}
