import { Background, BackgroundVariant, type EdgeProps, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './architecture.css';
import { useMemo } from 'react';
import { t } from '../../../state/strings/index.ts';
import { TitleBlock } from '../kit/TitleBlock.tsx';
import type { DiagramProps } from '../kit/types.ts';
import { useLeaving } from '../kit/useLeaving.ts';
import { layOut, type Wire } from './model.ts';
import { Scene, ShapeView } from './shapes.tsx';
import { Traffic } from './Traffic.tsx';

const nodeTypes = { shape: ShapeView };
const edgeTypes = { wire: WireView };
const layers: Record<string, number> = { daemon: 0, empty: 1, network: 3, port: 6, socket: 4 };

/** Client, socket, daemon with what it holds, registries; messages travel between them. */
export default function Architecture({ view, machine, width, height }: DiagramProps) {
  const { registries, messages } = view;
  const drawing = useMemo(
    () => layOut({ registries } as DiagramProps['view'], machine, { width, height }),
    [registries, machine, width, height],
  );
  const shapes = useLeaving(drawing.shapes);
  const open = messages.some((message) => message.machine === machine.name && (message.open || message.status === undefined));
  const waiting = messages.some((message) => message.machine === machine.name && message.status === undefined);
  const lastCall = messages.findLast((message) => message.machine === machine.name)?.sentAt;
  const nodes = shapes.map(({ leaving, ...shape }) => ({
    id: shape.id,
    type: 'shape' as const,
    position: { x: shape.x, y: shape.y },
    width: shape.width,
    height: shape.height,
    zIndex: layers[shape.kind] ?? 5,
    // The library switches them off on nodes that can be neither moved nor chosen; ours hold buttons.
    style: { pointerEvents: 'all' as const },
    data: { shape, leaving },
  }));
  const ids = new Set(nodes.map((node) => node.id));
  const edges = drawing.wires
    .filter((wire) => ids.has(wire.source) && ids.has(wire.target))
    .map((wire) => ({
      id: wire.id,
      type: 'wire' as const,
      source: wire.source,
      target: wire.target,
      zIndex: 7,
      data: { wire, active: wire.kind === 'socket' ? waiting : wire.kind === 'registry' && !wire.pending },
    }));
  return (
    <Scene value={{ machine, open, lastCall }}>
      <div className="relative h-full bg-bg">
        <div className="h-full overflow-auto">
          <div style={{ width: drawing.width, height: drawing.height }} className="relative">
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
            <Traffic track={drawing.track} messages={messages} machine={machine} />
          </div>
        </div>
        <TitleBlock view={t('arch.title')} subject={machine.name} at={view.now} />
      </div>
    </Scene>
  );
}

/** A wire goes through the points that the model gave it; an endpoint ends in a square at both sides. */
function WireView({ data }: EdgeProps & { data?: { wire: Wire; active: boolean } }) {
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
