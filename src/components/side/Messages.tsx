import { ArrowLeft } from 'lucide-react';
import { memo, useLayoutEffect, useRef } from 'react';
import { type ApiMessage, show, useView } from '../../state/app.ts';
import { clock, span } from '../../state/format.ts';
import { t } from '../../state/strings/index.ts';
import { errorOf, shortPath, statusWord } from '../diagrams/kit/messageWords.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';

const none: never[] = [];

/** Every call to the daemon, newest last; a row opens the whole of it. */
export function MessageLog() {
  const messages = useView((view) => view?.messages ?? none);
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message scrolls the list to its end
  useLayoutEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [messages.length]);
  return (
    <>
      <div className="flex h-[38px] flex-none items-center justify-between border-b border-line px-4">
        <h2 className="text-small font-bold text-ink">{t('msg.title')}</h2>
        <span className="text-label text-ink2">{messages.length > 0 ? t('msg.count', { n: messages.length }) : ''}</span>
      </div>
      {messages.length === 0 ? (
        <p className="px-4 py-3 text-label text-ink2">{t('msg.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached with the keys
        <ol ref={list} tabIndex={0} aria-label={t('msg.title')} className="rows min-h-0 flex-1 overflow-y-auto">
          {messages.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </ol>
      )}
    </>
  );
}

const Row = memo(function Row({ message }: { message: ApiMessage }) {
  const waiting = message.status === undefined;
  const failed = !waiting && message.status! >= 400;
  return (
    <li>
      <button
        type="button"
        className={`grid w-full grid-cols-[44px_minmax(0,1fr)_auto] gap-x-2 border-l-[3px] px-3 py-2 text-left text-label hover:bg-s3 ${waiting ? 'border-accent bg-accent-soft' : 'border-transparent'}`}
        onClick={() => show({ kind: 'message', id: message.id })}
      >
        <span className="font-mono font-bold text-ink">{message.method}</span>
        <span className="col-span-2 truncate font-mono text-ink" title={message.path}>
          {shortPath(message.path)}
        </span>
        <span className={`font-mono ${failed ? 'text-bad' : 'text-ink2'}`}>{message.status ?? ''}</span>
        <span className="truncate text-ink2">
          {waiting ? t('msg.inFlight') : message.open ? t('msg.streaming') : (errorOf(message) ?? statusWord(message))}
        </span>
        <span className="font-mono text-ink2 tabular-nums">{clock(message.sentAt)}</span>
      </button>
    </li>
  );
});

/** One call and its answer in full. */
export function MessageDetail({ id }: { id: number }) {
  const message = useView((view) => view?.messages.find((candidate) => candidate.id === id));
  return (
    <>
      <div className="flex h-[38px] flex-none items-center border-b border-line px-2">
        <button type="button" data-first className="button" onClick={() => show({ kind: 'messages' })}>
          <ArrowLeft size={14} aria-hidden />
          {t('msg.back')}
        </button>
      </div>
      {message && (
        <ScrollRegion label={`${message.method} ${message.path}`} className="min-h-0 flex-1 px-4 py-3 text-label">
          <h2 className="font-mono text-term font-bold break-all text-ink">
            {message.method} {message.path}
          </h2>
          <p className="mt-1 text-ink2">
            {t('msg.from', { from: message.from, endpoint: message.endpoint })}
            <br />
            {t('msg.sent', { time: clock(message.sentAt) })}
            {message.answeredAt !== undefined && `, ${t('msg.took', { time: span(message.answeredAt - message.sentAt) })}`}
          </p>
          <Part title={t('msg.request')} headers={message.requestHeaders} body={message.requestBody} />
          {message.status === undefined ? (
            <p className="mt-4 border-l-[3px] border-accent bg-accent-soft px-2 py-1.5 text-ink">{t('msg.inFlight')}</p>
          ) : (
            <Part
              title={`${t('msg.answer')} ${message.status} ${statusWord(message)}`}
              headers={message.responseHeaders}
              body={message.responseBody}
              note={message.open ? t('msg.streaming') : undefined}
            />
          )}
        </ScrollRegion>
      )}
    </>
  );
}

function Part({
  title,
  headers,
  body,
  note,
}: {
  title: string;
  headers: ApiMessage['requestHeaders'];
  body: string;
  note?: string | undefined;
}) {
  return (
    <section className="mt-4">
      <h3 className="text-small font-bold text-ink">
        {title} {note && <span className="font-normal text-ink2">{note}</span>}
      </h3>
      <dl className="mt-1 font-mono text-print text-ink2">
        {headers.map(([name, value]) => (
          <div key={`${name}: ${value}`} className="break-all">
            <dt className="inline text-ink2">{name}: </dt>
            <dd className="inline text-ink">{value}</dd>
          </div>
        ))}
      </dl>
      {body === '' ? (
        <p className="mt-1.5 text-ink2">{t('msg.noBody')}</p>
      ) : (
        <pre className="mt-1.5 rounded-client bg-s2 p-2.5 font-mono text-print break-words whitespace-pre-wrap text-ink">
          {pretty(body)}
        </pre>
      )}
    </section>
  );
}

/** JSON with indents; several JSON lines one by one; anything else as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
