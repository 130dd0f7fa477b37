import { ChevronRight } from 'lucide-react';
import { bringBack, listEarlier } from '../../state/actions.ts';
import { type EarlierSession, useApp } from '../../state/app.ts';
import { keptMax } from '../../state/session/cards.ts';
import { t, tn } from '../../state/strings/index.ts';

/** The sessions that are kept besides this one: shut, until somebody looks for them. */
export function Earlier() {
  const earlier = useApp((state) => state.earlier);
  if (earlier.length === 0) return null;
  return (
    <details
      className="group/earlier mt-6"
      onToggle={({ currentTarget }) => {
        if (!currentTarget.open) return;
        listEarlier();
        currentTarget.scrollIntoView({ block: 'nearest' });
      }}
    >
      <summary className="button -mx-2 cursor-pointer list-none text-ink">
        <ChevronRight size={14} aria-hidden className="group-open/earlier:rotate-90" />
        {t('earlier.title', { n: earlier.length })}
      </summary>
      <p className="mt-1 text-label text-ink2">{t('earlier.hint', { max: keptMax })}</p>
      <ul className="rows mt-2">
        {earlier.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
    </details>
  );
}

function Row({ session }: { session: EarlierSession }) {
  const { id, at, heldElsewhere, unreadable } = session;
  const when = whenUsed(at);
  const what = whatItHas(session);
  return (
    <li className="flex items-center gap-2 py-2 text-label text-ink2">
      <span className="min-w-0 flex-1">
        <span className="block text-ink">{when}</span>
        {unreadable === undefined ? what : t('earlier.unreadable')}
      </span>
      {heldElsewhere ? (
        <span className="flex-none">{t('earlier.held')}</span>
      ) : (
        <button
          type="button"
          className="button button-outline flex-none"
          aria-label={t('earlier.backOf', { when, what })}
          onClick={() => {
            useApp.setState({ sheetOpen: false });
            bringBack(id);
          }}
        >
          {unreadable === undefined ? t('earlier.back') : t('earlier.again')}
        </button>
      )}
    </li>
  );
}

function whatItHas({ lines, holds }: EarlierSession): string {
  const typed = tn('count.lines', lines);
  if (!holds) return typed;
  const { containers, images } = holds;
  return t('earlier.has', { typed, containers: tn('count.containers', containers), images: tn('count.images', images) });
}

function whenUsed(at: number): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { ...parts, hourCycle: 'h23' }).format(at);
}
