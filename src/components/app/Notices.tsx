import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { bringBack, retry } from '../../state/actions.ts';
import { type SessionNotice, useApp } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { activeTerminal } from '../terminal/bus.ts';

/** Keys go to the terminal again: the button that had the focus goes away when the part comes. */
function retryAndType(): void {
  retry();
  activeTerminal()?.focus();
}

/** Rows below the top bar, in the page's flow so that they lie over nothing: what broke, which session runs, what is not kept. */
export function Notices() {
  const notice = useApp((state) => state.notice);
  const status = useApp((state) => state.status);
  const error = useApp((state) => state.error);
  const fault = useApp((state) => state.fault);
  const missing = useApp((state) => state.missing);
  const missingPart = useApp((state) => state.missingPart);
  const unfetched = missing ?? missingPart;
  const kept = useApp((state) => state.kept);
  const settled = useApp((state) => state.settled);
  const [seen, setSeen] = useState(false);
  return (
    <>
      {status === 'failed' && <Row bad>{t(kept ? 'app.failed' : 'app.failedLost', { reason: error ?? '' })}</Row>}
      {status !== 'failed' && fault !== undefined && (
        <Row bad onDismiss={() => useApp.setState({ fault: undefined })}>
          {t('app.fault', { fault })} <span className="text-ink2">{t('app.faultHint')}</span>
        </Row>
      )}
      {status !== 'failed' && unfetched !== undefined && (
        <Row action={{ label: t('app.retry'), run: retryAndType }}>
          {t(missing === undefined ? 'app.missingPart' : 'app.missing')}{' '}
          <span className="text-ink2">{t('app.missingHint', { reason: unfetched })}</span>{' '}
          <button type="button" className="button button-outline" onClick={() => location.reload()}>
            {t('app.reload')}
          </button>
        </Row>
      )}
      {notice && <OfSession notice={notice} />}
      {settled && !kept && !seen && <Row onDismiss={() => setSeen(true)}>{t('free.notKept')}</Row>}
    </>
  );
}

function OfSession({ notice }: { notice: SessionNotice }) {
  const dismiss = () => useApp.setState({ notice: undefined });
  switch (notice.kind) {
    case 'held':
      return <Row onDismiss={dismiss}>{t('app.held')}</Row>;
    case 'unreadable':
      return <Row onDismiss={dismiss}>{t('app.unreadable', { reason: notice.reason })}</Row>;
    default: {
      const { previous } = notice;
      if (previous === undefined) return null;
      return (
        <Row onDismiss={dismiss} action={{ label: t('app.undo'), run: () => bringBack(previous) }}>
          {t(notice.kind === 'fresh' ? 'app.resetDone' : 'app.backDone')}
        </Row>
      );
    }
  }
}

function Row({
  bad = false,
  action,
  onDismiss,
  children,
}: {
  bad?: boolean;
  action?: { readonly label: string; run(): void };
  onDismiss?(): void;
  children: ReactNode;
}) {
  return (
    <div
      role={bad ? 'alert' : 'status'}
      className={`flex items-center gap-2 border-b py-1 pr-3 pl-4 text-small text-ink single:pr-2 ${bad ? 'border-bad bg-bad-soft' : 'border-line bg-s2'}`}
    >
      <p className="min-w-0 py-1 break-words">{children}</p>
      {action && (
        <button type="button" className="button button-outline flex-none" onClick={action.run}>
          {action.label}
        </button>
      )}
      {onDismiss && (
        <button type="button" className="button ml-auto flex-none" aria-label={t('app.dismiss')} onClick={onDismiss}>
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
