import { Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { pause, resume } from '../../state/actions.ts';
import { show, useApp, useView } from '../../state/app.ts';
import { clock } from '../../state/format.ts';
import { t, tn } from '../../state/strings/index.ts';
import { Clock } from '../ui/Clock.tsx';
import { useNow } from '../ui/useNow.ts';
import { place, timelineEvents } from './model.ts';

const none: never[] = [];

/** The strip along the bottom: virtual time, what changed when, and pause. A dot opens its message. */
export function Timeline() {
  const messages = useView((view) => view?.messages ?? none);
  const now = useNow(1000);
  const paused = useApp((state) => state.status === 'paused');
  const restoring = useApp((state) => state.status === 'replaying');
  const line = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = line.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.offsetWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const events = useMemo(() => timelineEvents(messages), [messages]);
  const dots = place(events, now, width);
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
      <div ref={line} className="relative mx-3 h-full min-w-0 flex-1">
        <div className="absolute top-[30px] right-0 left-0 h-0.5 bg-edge" />
        <ol>
          <li className="absolute top-[26px] -left-[5px] size-2.5 rounded-pill border-2 border-edge bg-s1" aria-hidden="true" />
          {dots.map((event) => (
            <li key={event.id} className="absolute top-0 -translate-x-1/2" style={{ left: `${event.x * 100}%` }}>
              <button
                type="button"
                className="relative flex h-[50px] min-w-6 flex-col items-center justify-start px-1"
                aria-label={t('time.event', {
                  label: event.label,
                  time: clock(event.at),
                  status: t(event.failed ? 'time.failed' : 'time.done'),
                })}
                title={`${event.label}, ${clock(event.at)}`}
                onClick={() => show({ kind: 'message', id: event.id })}
              >
                <span
                  aria-hidden="true"
                  className={`block h-[15px] pt-1.5 font-mono text-print whitespace-nowrap text-ink2 ${event.labelled ? '' : 'invisible w-0 overflow-hidden'}`}
                >
                  {event.label}
                </span>
                {event.failed ? (
                  <svg
                    aria-hidden="true"
                    viewBox="0 0 10 10"
                    className="absolute top-[26px] left-1/2 size-2.5 -translate-x-1/2 bg-s1 text-bad"
                  >
                    <path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" strokeWidth="2" />
                  </svg>
                ) : (
                  <span
                    aria-hidden="true"
                    className="absolute top-[26px] left-1/2 size-2.5 -translate-x-1/2 rounded-pill border-2 border-ink bg-s1"
                  />
                )}
              </button>
            </li>
          ))}
        </ol>
        <svg
          aria-hidden="true"
          viewBox="0 0 12 44"
          className={`absolute top-[20px] -right-1.5 h-11 w-3 ${paused ? 'text-edge' : 'text-accent'}`}
        >
          <path d="M0 0h12v6l-4 4h-4l-4-4z" fill="currentColor" />
          <path d="M6 8v36" stroke="currentColor" strokeWidth="2" />
        </svg>
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
