import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type Side, show, useApp } from '../../state/app.ts';
import { Preview } from '../preview/Preview.tsx';
import { Inspector } from './Inspector.tsx';
import { MessageDetail, MessageLog, MessageStrip } from './Messages.tsx';
import type { SideRoom } from './room.ts';

/** The details of what was opened. The message log stays in sight beneath them. */
export function SidePanel({ room, narrow }: { room: SideRoom; narrow: boolean }) {
  const side = useApp((state) => state.side);
  const large = useApp((state) => state.sideLarge);
  const panel = useRef<HTMLElement>(null);
  const shown = side.kind === 'messages' ? '' : JSON.stringify(side);
  // What a click opened takes the focus, if the click came from the page and not from the terminal.
  useEffect(() => {
    if (shown && !document.activeElement?.matches('.xterm-helper-textarea'))
      panel.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [shown]);
  const open = side.kind !== 'messages';
  useEscape(open);
  useFocusBack(side, panel);
  const withLog = room === 'beside' && !narrow;
  if (!open && !withLog) return null;
  const place =
    room === 'over' || large ? 'absolute inset-0 z-30' : `flex-none border-l ${open ? 'w-[32%] min-w-[300px] max-w-[420px]' : 'w-[236px]'}`;
  return (
    <section ref={panel} data-side={side.kind} className={`flex min-h-0 flex-col border-line bg-s1 ${place}`}>
      {open && (
        <div className="flex min-h-0 flex-1 flex-col">
          {side.kind === 'message' && <MessageDetail id={side.id} />}
          {side.kind === 'container' && <Inspector id={side.id} key={side.id} />}
          {side.kind === 'preview' && <Preview url={side.url} key={side.url} />}
        </div>
      )}
      {withLog && (open ? <MessageStrip /> : <MessageLog />)}
    </section>
  );
}

/** Esc closes what was opened, from anywhere but where the key has a meaning of its own: a terminal, an editor, a field. */
function useEscape(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      // A phone's sheets lie over it, and close first.
      const { sheetOpen, timelineOpen } = useApp.getState();
      const taken = (event.target as Element).closest('.xterm, .cm-editor, input, textarea, [role="dialog"], dialog');
      if (event.key !== 'Escape' || event.defaultPrevented || taken || sheetOpen || timelineOpen) return;
      show({ kind: 'messages' });
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);
}

/** The focus that was in the panel goes back to what opened it: a shape, or the row of the message. */
function useFocusBack(side: Side, panel: RefObject<HTMLElement | null>): void {
  const opened = useRef<{ readonly by: Element | null; readonly side: Side }>(undefined);
  // Before the effect that moves the focus into the panel.
  useLayoutEffect(() => {
    if (side.kind !== 'messages') {
      opened.current = { by: opened.current ? opened.current.by : document.activeElement, side };
      return;
    }
    const last = opened.current;
    opened.current = undefined;
    if (!last || document.activeElement !== document.body) return;
    const row = last.side.kind === 'message' ? panel.current?.querySelector<HTMLElement>(`[data-message="${last.side.id}"]`) : undefined;
    const target = row ?? (last.by?.isConnected && last.by !== document.body ? (last.by as HTMLElement) : undefined);
    (target ?? panel.current?.querySelector<HTMLElement>('[tabindex="0"]'))?.focus({ preventScroll: target === undefined });
  }, [side, panel]);
}
