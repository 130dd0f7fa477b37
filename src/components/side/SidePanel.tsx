import { useEffect, useRef } from 'react';
import { useApp } from '../../state/app.ts';
import { Preview } from '../preview/Preview.tsx';
import { Inspector } from './Inspector.tsx';
import { MessageDetail, MessageLog } from './Messages.tsx';

/** Beside (on a narrow page: below) the drawing: the message log, or the details of what was opened. */
export function SidePanel() {
  const side = useApp((state) => state.side);
  const panel = useRef<HTMLElement>(null);
  const shown = side.kind === 'messages' ? '' : JSON.stringify(side);
  // What a click opened takes the focus, if the click came from the page and not from the terminal.
  useEffect(() => {
    if (shown && !document.activeElement?.matches('.xterm-helper-textarea'))
      panel.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [shown]);
  const open = side.kind !== 'messages';
  return (
    <section
      ref={panel}
      data-side={side.kind}
      className={`flex min-h-0 flex-none flex-col border-line bg-s1 min-[1100px]:border-l max-[1100px]:border-t ${open ? 'w-[min(400px,50%)] max-[1100px]:h-[60%]' : 'w-[236px] max-[1100px]:h-[120px]'} max-[1100px]:w-full`}
    >
      {side.kind === 'messages' && <MessageLog />}
      {side.kind === 'message' && <MessageDetail id={side.id} />}
      {side.kind === 'container' && <Inspector id={side.id} key={side.id} />}
      {side.kind === 'preview' && <Preview url={side.url} key={side.url} />}
    </section>
  );
}
