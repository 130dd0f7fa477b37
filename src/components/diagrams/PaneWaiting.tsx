import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useApp, useView } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { sideRoom } from '../side/room.ts';
import { narrow, useMedia } from '../ui/useMedia.ts';
import { diagrams } from './diagrams.ts';

/** The pane of diagrams before its code is there: head, drawing and messages have their places already. `children`: what is in their place. */
export function PaneWaiting({ children }: { children?: ReactNode }) {
  const key = useApp((state) => state.diagram);
  const diagram = diagrams.find((candidate) => candidate.key === key) ?? diagrams[0]!;
  return (
    <>
      <div className="pane-head px-[18px]">
        <span className="tab" aria-hidden="true">
          {diagram.title}
        </span>
      </div>
      {children ?? <Places />}
    </>
  );
}

function Places() {
  const isNarrow = useMedia(narrow);
  const pane = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const beside = sideRoom(width) === 'beside' && !isNarrow;
  return (
    <div ref={pane} className={`flex min-h-0 flex-1 bg-bg ${beside ? '' : 'flex-col'}`}>
      {width > 0 && <DrawingWaiting key={String(beside)} />}
      {beside ? (
        <div className="w-[236px] flex-none border-l border-line bg-s1">
          <div className="flex h-[38px] items-center border-b border-line px-4 text-small font-bold text-ink">{t('msg.title')}</div>
        </div>
      ) : (
        <div className="h-[35px] flex-none border-t border-line bg-s1 pointer-coarse:h-[45px]" />
      )}
    </div>
  );
}

/** The chosen diagram's own waiting state, in the room that the drawing will have. */
export function DrawingWaiting() {
  const view = useView((snapshot) => snapshot);
  const machineName = useApp((state) => state.machine);
  const key = useApp((state) => state.diagram);
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { Waiting } = diagrams.find((candidate) => candidate.key === key) ?? diagrams[0]!;
  const machine = view?.machines.get(machineName);
  return (
    <div ref={room} className="h-full min-h-0 min-w-0 flex-1 overflow-hidden">
      {view && machine && size.width > 0 && <Waiting view={view} machine={machine} width={size.width} height={size.height} />}
    </div>
  );
}
