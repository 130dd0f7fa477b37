import { Background, BackgroundVariant, ReactFlow, ViewportPortal } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './architecture.css';
import { type ReactNode, useMemo } from 'react';
import { t } from '../../../state/strings/index.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import { TitleBlock } from '../kit/TitleBlock.tsx';
import type { DiagramProps } from '../kit/types.ts';
import { useLeaving } from '../kit/useLeaving.ts';
import type { Drawing, Shape, Wire } from './drawing.ts';
import { barH, layOut } from './model.ts';
import { layerOf, Scene, type ShapeNode, ShapeView } from './shapes.tsx';
import { Traffic } from './Traffic.tsx';

const nodeTypes = { shape: ShapeView };
/** Lines pass behind the bars of networks that they do not belong to; their ends lie on the bar that they do. */
const [lineLayer, endLayer] = [2, 7];

/** Client, socket, daemon with what it holds, registries; messages travel between them. */
export default function Architecture({ view, machine, width, height }: DiagramProps) {
  const { registries, messages } = view;
  const drawing = useMemo(() => layOut({ registries }, machine, { width, height }), [registries, machine, width, height]);
  const shapes = useLeaving(drawing.shapes);
  const open = messages.some((message) => message.machine === machine.name && (message.open || message.status === undefined));
  const waiting = messages.some((message) => message.machine === machine.name && message.status === undefined);
  const lastCall = messages.findLast((message) => message.machine === machine.name)?.sentAt;
  const active = (wire: Wire) => (wire.kind === 'socket' ? waiting : wire.kind === 'registry' && !wire.pending);
  return (
    <Scene value={{ machine, open, lastCall }}>
      <Scroller label={t('arch.title')} className="h-full bg-bg">
        <div style={{ width: drawing.width, height: drawing.height }} className="relative min-w-full overflow-hidden">
          <ReactFlow
            nodes={shapes.map(nodeOf)}
            nodeTypes={nodeTypes}
            defaultViewport={{ x: 0, y: 0, zoom: 1 }}
            minZoom={1}
            maxZoom={1}
            panOnDrag={false}
            zoomOnScroll={false}
            zoomOnPinch={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            autoPanOnNodeFocus={false}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
          >
            <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--color-dot)" />
            {/* Lines run through points of the model. Each end says in its own sentence what it is joined to: they are not read out. */}
            <ViewportPortal>
              <Layer drawing={drawing} z={lineLayer}>
                {drawing.wires.map((wire) => (
                  <WireView key={wire.id} wire={wire} active={active(wire)} />
                ))}
              </Layer>
              <Layer drawing={drawing} z={endLayer}>
                {drawing.wires.map((wire) => wire.kind === 'endpoint' && <WireEnds key={wire.id} wire={wire} />)}
              </Layer>
            </ViewportPortal>
          </ReactFlow>
          <Traffic track={drawing.track} lane={drawing.lane} messages={messages} machine={machine} />
          {drawing.titleBlock && <TitleBlock at={drawing.titleBlock} view={t('arch.title')} subject={machine.name} />}
        </div>
      </Scroller>
    </Scene>
  );
}

/** Places and sizes come from the model: nothing is measured. */
function nodeOf({ leaving, ...shape }: Shape & { readonly leaving: boolean }): ShapeNode {
  const { id, x, y, width, height, kind } = shape;
  return {
    id,
    type: 'shape',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    zIndex: layerOf(kind),
    className: kind === 'parcel' ? 'parcel' : undefined,
    // The library switches them off on nodes that can be neither moved nor chosen; ours hold buttons.
    style: { pointerEvents: 'all' },
    data: { shape: shape as Shape, leaving },
  };
}

function Layer({ drawing, z, children }: { drawing: Drawing; z: number; children: ReactNode }) {
  const { width, height } = drawing;
  return (
    <svg aria-hidden="true" width={width} height={height} className="pointer-events-none absolute top-0 left-0" style={{ zIndex: z }}>
      {children}
    </svg>
  );
}

/** A line through the points that the model gave it. */
function WireView({ wire, active }: { wire: Wire; active: boolean }) {
  return (
    <path
      d={wire.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
      fill="none"
      stroke={active ? 'var(--color-accent)' : 'var(--color-edge)'}
      strokeWidth={active ? 2 : 1.5}
      strokeDasharray={wire.pending && !active ? '5 4' : undefined}
    />
  );
}

/** An endpoint ends in a square at both sides: on its container's edge and in its network's bar. */
function WireEnds({ wire: { points, end, pending } }: { wire: Wire }) {
  const [first, last] = [points[0]!, points.at(-1)!];
  return (
    <g
      fill={pending ? 'var(--color-s1)' : 'var(--color-ink)'}
      stroke={pending ? 'var(--color-edge)' : 'none'}
      strokeDasharray={pending ? '2 2' : undefined}
    >
      <rect x={first[0] - end / 2} y={first[1] - end / 2} width={end} height={end} />
      <rect x={last[0] - end / 2} y={last[1] + (barH - end) / 2} width={end} height={end} />
    </g>
  );
}
