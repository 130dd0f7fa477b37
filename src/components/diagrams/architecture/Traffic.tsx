import { useEffect, useReducer, useRef } from 'react';
import { type ApiMessage, type MachineView, show } from '../../../state/app.ts';
import { clock } from '../../../state/format.ts';
import { t } from '../../../state/strings/index.ts';
import { shortPath } from '../kit/messageWords.ts';
import type { Drawing } from './drawing.ts';

const legMs = 480;
/** A newer message waits this long, so that one which only just set out can be read. */
const seenMs = 300;

type Phase = { readonly id: number; readonly leg: 'out' | 'back' } | undefined;

/**
 * The message on the wire. It travels to the socket, stands there until the engine answers, and its answer travels back. When
 * calls outrun the picture it skips to the newest; the log keeps all.
 */
export function Traffic({
  track,
  lane,
  messages,
  machine,
}: {
  track: Drawing['track'];
  lane: Drawing['lane'];
  messages: readonly ApiMessage[];
  machine: MachineView;
}) {
  const mine = messages.filter((message) => message.machine === machine.name);
  const newest = mine.at(-1);
  const [, render] = useReducer((n: number) => n + 1, 0);
  const phase = useRef<Phase>(undefined);
  const startedAt = useRef(0);
  const shownTo = useRef(newest?.id ?? 0);
  const flag = useRef<HTMLButtonElement>(null);
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;

  const current = phase.current && mine.find((message) => message.id === phase.current?.id);
  const [from, to] = [track.from, track.to];
  const upright = from[0] === to[0];
  const length = upright ? to[1] - from[1] : to[0] - from[0];
  const streaming = mine.findLast((message) => message.open && message.status !== undefined);

  useEffect(() => {
    const begin = () => {
      if (!newest || newest.id <= shownTo.current) return;
      shownTo.current = newest.id;
      phase.current = { id: newest.id, leg: 'out' };
      startedAt.current = performance.now();
      render();
    };
    const wait = phase.current ? Math.max(0, seenMs - (performance.now() - startedAt.current)) : 0;
    const timer = setTimeout(begin, wait);
    return () => clearTimeout(timer);
  }, [newest]);

  // The end of a leg: out -> (answered) back -> gone.
  const key = phase.current ? `${phase.current.id}/${phase.current.leg}` : '';
  const answered = current?.status !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the leg and its answer decide; places are read as they are
  useEffect(() => {
    const now = phase.current;
    if (!now) return;
    const element = flag.current;
    if (element && !reduced) {
      const travel = Math.max(0, upright ? length - 26 : to[0] - element.offsetLeft - element.offsetWidth);
      const at = (d: number) => (upright ? `translateY(${d}px)` : `translateX(${d}px)`);
      if (now.leg === 'out' && performance.now() - startedAt.current < legMs) {
        element.animate([{ transform: at(0) }, { transform: at(travel) }], {
          duration: legMs,
          easing: 'cubic-bezier(.2,0,0,1)',
          fill: 'forwards',
        });
      } else if (now.leg === 'back') {
        element.animate([{ transform: at(travel) }, { transform: at(0) }], {
          duration: legMs,
          easing: 'cubic-bezier(.2,0,0,1)',
          fill: 'forwards',
        });
      }
    }
    if (now.leg === 'out' && !answered) return;
    const rest = Math.max(0, legMs - (performance.now() - startedAt.current));
    const timer = setTimeout(() => {
      phase.current = now.leg === 'out' ? { id: now.id, leg: 'back' } : undefined;
      startedAt.current = performance.now();
      render();
    }, rest);
    return () => clearTimeout(timer);
  }, [key, answered]);

  const last = current ?? newest;
  // A flag sets out at the client's edge; one that is longer than the wire reaches back over the client.
  const style = upright
    ? { left: lane.x, top: lane.y, maxWidth: lane.width }
    : { right: `calc(100% - ${lane.x + lane.width}px)`, minWidth: 0, top: lane.y, maxWidth: lane.width };
  return (
    <>
      {!(upright && current) && (
        <div
          className="pointer-events-none absolute text-print text-ink2"
          style={
            upright
              ? { left: from[0] + 14, top: from[1] + length - 56, width: 176 }
              : { left: from[0] + 4, top: from[1] + 8, width: length - 4 }
          }
        >
          <span className="block font-mono">
            {machine.daemon.socket.replace(/[^/]*$/, '')}
            <wbr />
            {machine.daemon.socket.replace(/.*\//, '')}
          </span>
          {streaming && !current && (
            <span className="block truncate font-mono text-ink" title={streaming.path}>
              {streaming.method} {shortPath(streaming.path)}
            </span>
          )}
          <span className="block truncate">
            {current && !answered
              ? t('arch.socketWaits')
              : streaming
                ? t('msg.streaming')
                : last
                  ? t('arch.socketLast', { time: clock(last.sentAt) })
                  : t('arch.socketIdle')}
          </span>
        </div>
      )}
      {current && phase.current && (
        <button
          ref={flag}
          type="button"
          tabIndex={-1}
          key={`${current.id}/${phase.current.leg}`}
          aria-hidden="true"
          className={`absolute z-10 w-max overflow-hidden ${reduced ? (upright ? 'translate-y-5' : 'translate-x-5') : ''}`}
          style={style}
          onClick={() => show({ kind: 'message', id: current.id })}
        >
          <span className={`flag ${phase.current.leg === 'back' ? 'flag-back' : ''}`}>
            {phase.current.leg === 'out' ? (
              <span className="truncate">{`${current.method} ${shortPath(current.path)}`}</span>
            ) : (
              current.status
            )}
          </span>
        </button>
      )}
    </>
  );
}
