import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { retry, undoReset } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { activeTerminal } from '../terminal/bus.ts';

/** Keys go to the terminal again: the button that had the focus goes away when the part comes. */
function retryAndType(): void {
  retry();
  activeTerminal()?.focus();
}

/** Below the top bar: the way back after Start over, what the machine waits for, and what stopped the engine. */
export function Notices() {
  const epoch = useApp((state) => state.epoch);
  const previous = useApp((state) => state.previousSession);
  const status = useApp((state) => state.status);
  const error = useApp((state) => state.error);
  const fault = useApp((state) => state.fault);
  const missing = useApp((state) => state.missing);
  const [shown, setShown] = useState(false);
  const first = useRef(epoch);
  useEffect(() => {
    if (epoch !== first.current) setShown(previous !== undefined);
  }, [epoch, previous]);
  if (status === 'failed') {
    return (
      <div
        role="alert"
        className="fixed top-[calc(var(--topbar)+12px)] left-1/2 z-40 max-w-[min(560px,92vw)] -translate-x-1/2 rounded-card border border-bad bg-bad-soft px-4 py-3 text-small text-ink"
      >
        {t('app.failed', { reason: error ?? '' })}
      </div>
    );
  }
  if (missing !== undefined) {
    return (
      <div
        role="status"
        className="fixed top-[calc(var(--topbar)+12px)] left-1/2 z-40 flex w-max max-w-[min(640px,92vw)] -translate-x-1/2 flex-wrap items-center gap-2 rounded-card border border-edge bg-s2 py-2 pr-2 pl-4 text-small shadow-menu"
      >
        <p className="min-w-0 flex-1 py-1 break-words">
          {t('app.missing')}
          <span className="block text-label text-ink2">{t('app.missingHint', { reason: missing })}</span>
        </p>
        <button type="button" className="button button-outline" onClick={retryAndType}>
          {t('app.retry')}
        </button>
        <button type="button" className="button button-outline" onClick={() => location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    );
  }
  if (fault !== undefined) {
    return (
      <div
        role="alert"
        className="fixed top-[calc(var(--topbar)+12px)] left-1/2 z-40 flex w-max max-w-[min(640px,92vw)] -translate-x-1/2 items-start gap-2 rounded-card border border-bad bg-bad-soft py-2 pr-2 pl-4 text-small text-ink"
      >
        <p className="min-w-0 py-1 break-words">
          {t('app.fault', { fault })}
          <span className="block text-label text-ink2">{t('app.faultHint')}</span>
        </p>
        <button type="button" className="button" aria-label={t('app.dismiss')} onClick={() => useApp.setState({ fault: undefined })}>
          <X size={14} aria-hidden />
        </button>
      </div>
    );
  }
  if (!shown) return null;
  return (
    <div
      role="status"
      className="fixed top-[calc(var(--topbar)+12px)] left-1/2 z-40 flex w-max max-w-[92vw] -translate-x-1/2 items-center gap-2 rounded-card border border-edge bg-s2 py-2 pr-2 pl-4 text-small shadow-menu"
    >
      {t('app.resetDone')}
      <button
        type="button"
        className="button button-outline"
        onClick={() => {
          setShown(false);
          undoReset();
        }}
      >
        {t('app.undo')}
      </button>
      <button type="button" className="button" aria-label={t('app.dismiss')} onClick={() => setShown(false)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
