import { ChevronDown, ChevronUp, Clock, RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { reset } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { Earlier } from './Earlier.tsx';
import { TryList } from './FreePlay.tsx';

/** A phone's lower edge: the panel as a sheet, shut (its head) or open over the panes. */
export function Sheet() {
  const open = useApp((state) => state.sheetOpen);
  const timelineOpen = useApp((state) => state.timelineOpen);
  // One at a time: both would leave the pane above them a strip.
  const toggle = (what: 'sheetOpen' | 'timelineOpen', on: boolean) =>
    useApp.setState({ sheetOpen: false, timelineOpen: false, [what]: on });
  useEffect(() => {
    if (!open && !timelineOpen) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.target as Element).matches('.xterm-helper-textarea')) return;
      useApp.setState({ sheetOpen: false, timelineOpen: false });
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [open, timelineOpen]);
  return (
    <aside aria-label={t('app.freePlay')} className="border-t border-edge bg-s2">
      <div className="flex min-h-12 pointer-coarse:min-h-[60px] items-center gap-1 px-3">
        <button
          type="button"
          className="button flex-1 !justify-start text-ink"
          aria-expanded={open}
          onClick={() => toggle('sheetOpen', !open)}
        >
          {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
          {t('free.try')}
        </button>
        <button type="button" className="button" aria-pressed={timelineOpen} onClick={() => toggle('timelineOpen', !timelineOpen)}>
          <Clock size={15} aria-hidden />
          {t('time.open')}
        </button>
        <button type="button" className="button" onClick={reset}>
          <RotateCcw size={14} aria-hidden />
          {t('app.reset')}
        </button>
      </div>
      {open && (
        <div className="max-h-[50dvh] overflow-y-auto px-5 pb-4">
          <p className="text-body text-ink2">{t('free.lead')}</p>
          <TryList />
          <Earlier />
        </div>
      )}
    </aside>
  );
}
