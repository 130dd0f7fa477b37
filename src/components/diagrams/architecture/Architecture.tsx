import { Background, BackgroundVariant, type Edge, type EdgeProps, Position, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './architecture.css';
import { useMemo } from 'react';
import { t } from '../../../state/strings/index.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import { TitleBlock } from '../kit/TitleBlock.tsx';
import type { DiagramProps } from '../kit/types.ts';
import { useLeaving } from '../kit/useLeaving.ts';
import type { Shape, Wire } from './drawing.ts';
import { layOut } from './model.ts';
import { layerOf, Scene, type ShapeNode, ShapeView } from './shapes.tsx';
import { Traffic } from './Traffic.tsx';

type WireEdge = Edge<{ wire: Wire; active: boolean }, 'wire'>;

const nodeTypes = { shape: ShapeView };
const edgeTypes = { wire: WireView };
const wireLayer = 7;

/** Client, socket, daemon with what it holds, registries; messages travel between them. */
export default function Architecture({ view, machine, width, height }: DiagramProps) {
  const { registries, messages } = view;
  const drawing = useMemo(() => layOut({ registries }, machine, { width, height }), [registries, machine, width, height]);
  const shapes = useLeaving(drawing.shapes);
  const open = messages.some((message) => message.machine === machine.name && (message.open || message.status === undefined));
  const waiting = messages.some((message) => message.machine === machine.name && message.status === undefined);
  const lastCall = messages.findLast((message) => message.machine === machine.name)?.sentAt;
  const nodes = shapes.map(nodeOf);
  const ids = new Set(nodes.map((node) => node.id));
  const edges = drawing.wires
    .filter((wire) => ids.has(wire.source) && ids.has(wire.target))
    .map((wire) => edgeOf(wire, wire.kind === 'socket' ? waiting : wire.kind === 'registry' && !wire.pending));
  return (
    <Scene value={{ machine, open, lastCall }}>
      <Scroller label={t('arch.title')} className="h-full bg-bg">
        <div style={{ width: drawing.width, height: drawing.height }} className="relative min-w-full overflow-hidden">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
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
          >
            <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--color-dot)" />
          </ReactFlow>
          <Traffic track={drawing.track} lane={drawing.lane} messages={messages} machine={machine} />
          {drawing.titleBlock && <TitleBlock at={drawing.titleBlock} view={t('arch.title')} subject={machine.name} />}
        </div>
      </Scroller>
    </Scene>
  );
}

/** A handle at the middle: lines run through points of their own, the library only has to know that a node can be an end of one. */
const handle = { x: 0, y: 0, width: 1, height: 1, position: Position.Top };
const handles = [
  { ...handle, type: 'source' as const },
  { ...handle, type: 'target' as const },
];

/** Sizes and handles come from the model, so that nothing is measured and lines stand in the first paint. */
function nodeOf({ leaving, ...shape }: Shape & { readonly leaving: boolean }): ShapeNode {
  const { id, x, y, width, height, kind } = shape;
  return {
    id,
    type: 'shape',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles,
    zIndex: layerOf(kind),
    className: kind === 'parcel' ? 'parcel' : undefined,
    // The library switches them off on nodes that can be neither moved nor chosen; ours hold buttons.
    style: { pointerEvents: 'all' },
    data: { shape: shape as Shape, leaving },
  };
}

/** Each end of a line says in its own sentence what it is joined to: the line itself is not read out. */
function edgeOf(wire: Wire, active: boolean): WireEdge {
  const { id, source, target } = wire;
  return { id, type: 'wire', source, target, zIndex: wireLayer, data: { wire, active }, domAttributes: { 'aria-hidden': true } };
}

/** A line through the points that the model gave it; an endpoint ends in a square at both sides. */
function WireView({ data }: EdgeProps<WireEdge>) {
  if (!data) return null;
  const { wire, active } = data;
  const path = wire.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const stroke = active ? 'var(--color-accent)' : 'var(--color-edge)';
  const [first, last] = [wire.points[0]!, wire.points.at(-1)!];
  return (
    <g>
      <path
        d={path}
        fill="none"
        stroke={stroke}
        strokeWidth={active ? 2 : 1.5}
        strokeDasharray={wire.pending && !active ? '5 4' : undefined}
      />
      {wire.kind === 'endpoint' &&
        [first, last].map(([x, y], i) => (
          <rect
            key={`${x}/${y}`}
            x={x - 3.5}
            y={y - (i === 0 ? 3.5 : -3)}
            width={7}
            height={7}
            fill={wire.pending ? 'var(--color-s1)' : 'var(--color-ink)'}
            stroke={wire.pending ? 'var(--color-edge)' : 'var(--color-ink)'}
            strokeDasharray={wire.pending ? '2 2' : undefined}
          />
        ))}
    </g>
  );
}
