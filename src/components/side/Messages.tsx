import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import { memo, useState } from 'react';
import { type ApiMessage, show, useView } from '../../state/app.ts';
import { clock, span } from '../../state/format.ts';
import { t } from '../../state/strings/index.ts';
import { callState, callWords, endpointWords, shortPath, statusWord } from '../diagrams/kit/messageWords.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { useFollow } from '../ui/useFollow.ts';
import { pretty } from './pretty.ts';

const none: never[] = [];

/** Every call to the daemon, newest last; a row opens the whole of it. */
export function MessageLog() {
  const messages = useView((view) => view?.messages ?? none);
  return (
    <>
      <div className="flex h-[38px] flex-none items-center justify-between border-b border-line px-4">
        <h2 className="text-small font-bold text-ink">{t('msg.title')}</h2>
        <span className="text-label text-ink2">{messages.length > 0 ? t('msg.count', { n: messages.length }) : ''}</span>
      </div>
      <Rows messages={messages} />
    </>
  );
}

/** The log folded to one line with its newest call; it opens to its last rows. */
export function MessageStrip() {
  const messages = useView((view) => view?.messages ?? none);
  const [open, setOpen] = useState(false);
  const last = messages.at(-1);
  const lastState = last && callState(last);
  return (
    <section className={`flex flex-none flex-col border-t border-line bg-s1 ${open ? 'h-[45%] min-h-[136px]' : ''}`}>
      <button
        type="button"
        aria-expanded={open}
        className="flex h-[34px] flex-none items-center gap-2.5 px-3 text-left text-label text-ink2 hover:bg-s3 hover:text-ink pointer-coarse:h-11"
        onClick={() => setOpen(!open)}
      >
        {open ? <ChevronDown size={14} className="flex-none" aria-hidden /> : <ChevronUp size={14} className="flex-none" aria-hidden />}
        <span className="flex-none text-small font-bold text-ink">{t('msg.title')}</span>
        {!open && last && (
          <>
            <span className="min-w-0 flex-1 truncate text-right font-mono">
              {last.method} {shortPath(last.path)}
            </span>
            <span
              className={`flex-none font-mono ${lastState === 'waiting' || lastState === 'streaming' ? 'bg-accent-soft px-1 text-ink' : lastState === 'failed' ? 'text-bad' : ''}`}
            >
              {lastState === 'waiting' || lastState === 'streaming' ? t('arch.socketWaits') : (last.status ?? t('msg.hungUp'))}
            </span>
          </>
        )}
        {!open && !last && <span className="truncate">{t('msg.none')}</span>}
        {open && <span className="ml-auto flex-none">{messages.length > 0 ? t('msg.count', { n: messages.length }) : ''}</span>}
      </button>
      {open && (
        <div className="flex min-h-0 flex-1 flex-col border-t border-line">
          <Rows messages={messages} />
        </div>
      )}
    </section>
  );
}

function Rows({ messages }: { messages: readonly ApiMessage[] }) {
  const list = useFollow<HTMLOListElement>(messages);
  if (messages.length === 0) return <p className="px-4 py-3 text-label text-ink2">{t('msg.none')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached with the keys
    <ol ref={list} tabIndex={0} aria-label={t('msg.title')} className="rows min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
      {messages.map((message) => (
        <Row key={message.id} message={message} />
      ))}
    </ol>
  );
}

const Row = memo(function Row({ message }: { message: ApiMessage }) {
  const state = callState(message);
  const inFlight = state === 'waiting' || state === 'streaming';
  return (
    <li>
      <button
        type="button"
        data-message={message.id}
        className={`grid w-full grid-cols-[44px_minmax(0,1fr)_auto] gap-x-2 border-l-[3px] px-3 py-2 text-left text-label hover:bg-s3 ${inFlight ? 'border-accent bg-accent-soft' : 'border-transparent'}`}
        onClick={() => show({ kind: 'message', id: message.id })}
      >
        <span className="font-mono font-bold text-ink">{message.method}</span>
        <span className="col-span-2 truncate font-mono text-ink" title={message.path}>
          {shortPath(message.path)}
        </span>
        <span className={`font-mono ${state === 'failed' ? 'text-bad' : 'text-ink2'}`}>{message.status ?? ''}</span>
        <span className="truncate text-ink2" title={callWords(message)}>
          {callWords(message)}
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
            {t('msg.from', { from: message.from, endpoint: endpointWords(message.endpoint) })}
            <br />
            {t('msg.sent', { time: clock(message.sentAt) })}
            {message.answeredAt !== undefined && `, ${t('msg.took', { time: span(message.answeredAt - message.sentAt) })}`}
          </p>
          <Part title={t('msg.request')} headers={message.requestHeaders} body={message.requestBody} />
          {message.open && (
            <p className="mt-4 border-l-[3px] border-accent bg-accent-soft px-2 py-1.5 text-ink">
              {t(message.status === undefined ? 'msg.inFlightWaiting' : 'msg.inFlightStreaming')}
            </p>
          )}
          {message.hungUp && <p className="mt-4 border-l-[3px] border-edge bg-s2 px-2 py-1.5 text-ink">{t('msg.hungUpWhole')}</p>}
          {message.status !== undefined && (
            <Part
              title={`${t('msg.answer')} ${message.status} ${statusWord(message)}`}
              headers={message.responseHeaders}
              body={message.responseBody}
            />
          )}
        </ScrollRegion>
      )}
    </>
  );
}

function Part({ title, headers, body }: { title: string; headers: ApiMessage['requestHeaders']; body: string }) {
  return (
    <section className="mt-4">
      <h3 className="text-small font-bold text-ink">{title}</h3>
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
