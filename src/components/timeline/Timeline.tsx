import { ChevronLeft, Pause, Play } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { pause, resume } from '../../state/actions.ts';
import { show, useApp, useView } from '../../state/app.ts';
import { clock } from '../../state/format.ts';
import { type StringKey, t, tn } from '../../state/strings/index.ts';
import type { CallState } from '../diagrams/kit/messageWords.ts';
import { Clock } from '../ui/Clock.tsx';
import { useNow } from '../ui/useNow.ts';
import { timelineEvents } from './model.ts';
import { place } from './place.ts';

const none: never[] = [];
/** Before the line's beginning and after now, for their signs (px). */
const ends = 8;

const words: Record<CallState, StringKey> = {
  waiting: 'time.inFlight',
  streaming: 'time.inFlight',
  hungUp: 'time.cancelled',
  failed: 'time.failed',
  done: 'time.done',
};

/** The strip along the bottom: virtual time, what changed when, and pause. A dot opens its message. */
export function Timeline() {
  const messages = useView((view) => view?.messages ?? none);
  const now = useNow(1000);
  const paused = useApp((state) => state.status === 'paused');
  const restoring = useApp((state) => state.status === 'replaying');
  const events = useMemo(() => timelineEvents(messages), [messages]);
  const { strip, width, begun, looked } = useStrip(events);
  const { dots, width: length } = place(events, now, width - 2 * ends);
  return (
    <section aria-label={t('time.region')} className="flex h-[72px] items-center gap-3 px-4 single:border-t single:border-line">
      <button
        type="button"
        className="button button-outline size-8 bg-s2"
        aria-label={paused ? t('time.play') : t('time.pause')}
        title={paused ? t('time.play') : t('time.pause')}
        onClick={paused ? resume : pause}
      >
        {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
      </button>
      <span className="text-small font-medium text-ink single:hidden">{t('time.speed')}</span>
      <div className="w-[88px] flex-none border-l border-line pl-4 single:border-0 single:pl-1">
        <div className="font-mono text-term font-bold text-ink tabular-nums">{restoring ? t('time.unknown') : <Clock />}</div>
        <div className="text-print text-ink2">
          {restoring ? '' : messages.length === 0 ? t('time.none') : tn('time.calls', messages.length)}
        </div>
      </div>
      <div className="relative h-full min-w-0 flex-1">
        <div ref={strip} className="h-full overflow-x-auto overflow-y-hidden [scrollbar-width:none]" onScroll={looked}>
          <div className="relative h-full" style={{ width: length + 2 * ends }}>
            <div className="absolute top-[30px] h-0.5 bg-edge" style={{ left: ends, right: ends }} />
            <ol>
              <li className="absolute top-[26px] left-[3px] size-2.5 rounded-pill border-2 border-edge bg-s1" aria-hidden="true" />
              {dots.map((event) => (
                <li key={event.id} className="absolute top-0 -translate-x-1/2" style={{ left: ends + event.x }}>
                  <button
                    type="button"
                    className="relative flex h-[50px] min-w-7 flex-col items-center justify-start focus-visible:-outline-offset-2"
                    aria-label={t('time.event', { label: event.label, time: clock(event.at), status: t(words[event.state]) })}
                    title={`${event.label}, ${clock(event.at)}, ${t(words[event.state])}`}
                    onClick={() => show({ kind: 'message', id: event.id })}
                  >
                    <span aria-hidden="true" className="block h-[15px] pt-1.5 font-mono text-print whitespace-nowrap text-ink2">
                      {event.words}
                    </span>
                    <Mark state={event.state} />
                  </button>
                </li>
              ))}
            </ol>
            <svg
              aria-hidden="true"
              viewBox="0 0 12 44"
              className={`absolute top-[20px] right-0.5 h-11 w-3 ${paused ? 'text-edge' : 'text-accent'}`}
            >
              <path d="M0 0h12v6l-4 4h-4l-4-4z" fill="currentColor" />
              <path d="M6 8v36" stroke="currentColor" strokeWidth="2" />
            </svg>
          </div>
        </div>
        {begun && (
          <button
            type="button"
            tabIndex={-1}
            className="absolute inset-y-0 left-0 flex w-8 items-center justify-center border-r border-line bg-s1 text-ink2 hover:text-ink pointer-coarse:w-11"
            aria-label={t('time.earlier')}
            title={t('time.earlier')}
            onClick={() => strip.current?.scrollBy({ left: -strip.current.clientWidth * 0.7, behavior: 'smooth' })}
          >
            <ChevronLeft size={15} aria-hidden />
          </button>
        )}
      </div>
      {paused ? (
        <button type="button" className="button button-outline min-w-[88px]" onClick={resume}>
          {t('time.goLive')}
        </button>
      ) : (
        <span className="inline-flex min-w-[88px] items-center justify-center gap-2 text-small font-medium text-ink">
          {!restoring && (
            <>
              <span aria-hidden="true" className="size-2 rounded-pill bg-accent" />
              {t('time.live')}
            </>
          )}
        </span>
      )}
    </section>
  );
}

/** The strip that the line is seen through: it stays at the line's end unless a person has scrolled away from there. */
function useStrip(content: unknown) {
  const strip = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [begun, setBegun] = useState(false);
  const follows = useRef(true);
  const look = (element: HTMLElement) => setBegun(element.scrollLeft > 4);
  useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other events or another width are another end
  useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return;
    if (follows.current) element.scrollLeft = element.scrollWidth;
    look(element);
  }, [content, width]);
  const looked = () => {
    const element = strip.current;
    if (!element) return;
    follows.current = element.scrollWidth - element.clientWidth - element.scrollLeft < 24;
    look(element);
  };
  return { strip, width, begun, looked };
}

/** A shape for each way a call can stand: a dot, one with a bar through it, a cross, and a filled one while it is under way. */
function Mark({ state }: { state: CallState }) {
  const place = 'absolute top-[26px] left-1/2 size-2.5 -translate-x-1/2';
  if (state === 'failed' || state === 'hungUp')
    return (
      <svg aria-hidden="true" viewBox="0 0 10 10" className={`${place} bg-s1 ${state === 'failed' ? 'text-bad' : 'text-ink2'}`}>
        <path
          d={state === 'failed' ? 'M1 1l8 8M9 1l-8 8' : 'M1 5a4 4 0 1 0 8 0a4 4 0 1 0-8 0M1.5 8.5l7-7'}
          fill="none"
          stroke="currentColor"
          strokeWidth={state === 'failed' ? 2 : 1.6}
        />
      </svg>
    );
  return (
    <span
      aria-hidden="true"
      className={`${place} rounded-pill border-2 ${state === 'done' ? 'border-ink bg-s1' : 'border-accent bg-accent'}`}
    />
  );
}
