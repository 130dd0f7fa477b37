import { useEffect, useRef } from 'react';
import { useApp } from '../../state/app.ts';
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
