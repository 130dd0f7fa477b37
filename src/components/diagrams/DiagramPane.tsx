import { List, Workflow } from 'lucide-react';
import { Component, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { type MachineView, show, useApp, useView } from '../../state/app.ts';
import { showFile } from '../../state/editors.ts';
import { t } from '../../state/strings/index.ts';
import { useFileTabs } from '../editor/fileTabs.ts';
import { MessageStrip } from '../side/Messages.tsx';
import { type SideRoom, sideRoom } from '../side/room.ts';
import { SidePanel } from '../side/SidePanel.tsx';
import { lazyPart } from '../ui/lazyPart.ts';
import { TabList } from '../ui/TabList.tsx';
import { narrow, single, useMedia } from '../ui/useMedia.ts';
import { diagrams } from './diagrams.ts';
import { FactTable } from './kit/FactTable.tsx';
import { DrawingWaiting } from './PaneWaiting.tsx';

const drawings = new Map(diagrams.map((diagram) => [diagram.key, lazyPart(diagram.load)]));

/** The upper pane: tabs of diagrams, the drawing or its table, and the panel of messages and details beside it. */
export default function DiagramPane() {
  const key = useApp((state) => state.diagram);
  const asTable = useApp((state) => state.asTable);
  const file = useApp((state) => state.file);
  const fileTabs = useFileTabs();
  const machineName = useApp((state) => state.machine);
  const view = useView((snapshot) => snapshot);
  const room = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia(narrow);
  const isSingle = useMedia(single);
  const [side, setSide] = useState<SideRoom>('beside');
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
      setSide(sideRoom(pane.current?.clientWidth ?? 0));
    });
    observer.observe(element);
    if (pane.current) observer.observe(pane.current);
    return () => observer.disconnect();
  }, []);
  const place = isSingle ? 'over' : side;
  const diagram = diagrams.find((candidate) => candidate.key === key) ?? diagrams[0]!;
  const Drawing = drawings.get(diagram.key)!;
  const machine = view?.machines.get(machineName);
  const drawing = view && machine && size.width > 0 && (
    <Suspense fallback={<DrawingWaiting />}>
      <Drawing view={view} machine={machine} width={size.width} height={size.height} />
    </Suspense>
  );
  const table = () =>
    view && machine ? (
      <FactTable
        rows={diagram.table(view, machine)}
        caption={diagram.title}
        onOpen={(id) => show({ kind: 'container', id: id.slice('container:'.length) })}
      />
    ) : null;
  return (
    <>
      <div className="pane-head gap-3 pr-3 pl-[18px]">
        <TabList
          label={t('diagram.views')}
          active={file ?? diagram.key}
          onChoose={(next) => {
            const isDiagram = diagrams.some((item) => item.key === next);
            showFile(isDiagram ? undefined : next);
            if (isDiagram) useApp.setState({ diagram: next });
          }}
          items={[...diagrams.map((item) => ({ key: item.key, label: item.title, controls: `diagram-${item.key}` })), ...fileTabs]}
        />
        {file === undefined && (
          <button type="button" className="button ml-auto" aria-pressed={asTable} onClick={() => useApp.setState({ asTable: !asTable })}>
            {asTable ? <Workflow size={14} aria-hidden /> : <List size={14} aria-hidden />}
            {asTable ? t('diagram.asDrawing') : t('diagram.asTable')}
          </button>
        )}
      </div>
      {/* A file in front lies over all of this. */}
      <div ref={pane} inert={file !== undefined} className="relative isolate flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="relative flex min-h-0 flex-1 flex-col">
            <div
              ref={room}
              role="tabpanel"
              id={`diagram-${diagram.key}`}
              aria-labelledby={`tab-diagram-${diagram.key}`}
              className="relative min-h-0 min-w-0 flex-1 bg-bg"
            >
              <Guard fallback={table} key={diagram.key}>
                {asTable ? table() : drawing || <DrawingWaiting />}
              </Guard>
            </div>
            {/* Over the drawing and not over the calls. */}
            {place === 'over' && <SidePanel room={place} narrow={isNarrow} />}
          </div>
          {(side !== 'beside' || isNarrow) && <MessageStrip />}
        </div>
        {place !== 'over' && <SidePanel room={place} narrow={isNarrow} />}
      </div>
      {machine && <Announcer machine={machine} say={diagram.say} />}
    </>
  );
}

/** Says each change in one sentence, for those who do not see the drawing. */
function Announcer({ machine, say }: { machine: MachineView; say(before: MachineView, after: MachineView): readonly string[] }) {
  const before = useRef(machine);
  const count = useRef(0);
  const [kept, setKept] = useState<readonly { id: number; sentence: string }[]>([]);
  useEffect(() => {
    const old = before.current;
    before.current = machine;
    if (old === machine || old.name !== machine.name) return;
    const said = say(old, machine).map((sentence) => ({ id: ++count.current, sentence }));
    if (said.length > 0) setKept((all) => [...all, ...said].slice(-20));
  }, [machine, say]);
  return (
    <ul className="visually-hidden" aria-live="polite" aria-relevant="additions" data-announcer>
      {kept.map(({ id, sentence }) => (
        <li key={id}>{sentence}</li>
      ))}
    </ul>
  );
}

/** A drawing that cannot be drawn gives way to its table. */
class Guard extends Component<{ fallback(): ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="flex h-full flex-col">
        <p role="status" className="border-b border-line bg-bad-soft px-4 py-2 text-small text-ink">
          {t('diagram.failed')}
        </p>
        <div className="min-h-0 flex-1">{this.props.fallback()}</div>
      </div>
    );
  }
}
