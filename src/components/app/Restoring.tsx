import { reset } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';

/** In the diagram's place while a saved session is done again: how far it is, and the way out. */
export function Restoring() {
  const done = useApp((state) => state.restored);
  const percent = Math.floor(done * 100);
  return (
    <div className="grid flex-1 place-items-center bg-bg p-6">
      <div className="w-full max-w-[360px] rounded-card border border-edge bg-s2 p-5">
        <h2 className="text-h2 font-bold text-ink">{t('term.replaying')}</h2>
        <p className="mt-1 text-small text-ink2">{t('restore.what')}</p>
        <div className="mt-4 flex items-center gap-3">
          <div
            role="progressbar"
            aria-label={t('term.replaying')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            className="h-1.5 flex-1 overflow-hidden rounded-pill bg-s3"
          >
            <div className="h-full origin-left rounded-pill bg-accent" style={{ transform: `scaleX(${done})` }} />
          </div>
          <span className="w-10 text-right font-mono text-label text-ink2 tabular-nums">{t('restore.percent', { n: percent })}</span>
        </div>
        <button type="button" className="button button-outline mt-4" onClick={reset}>
          {t('restore.fresh')}
        </button>
        <p className="mt-2 text-label text-ink2">{t('restore.freshHint')}</p>
      </div>
    </div>
  );
}
