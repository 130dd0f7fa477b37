import './architecture.css';
import { useMemo } from 'react';
import { t } from '../../../state/strings/index.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import { TitleBlock } from '../kit/TitleBlock.tsx';
import type { DiagramProps } from '../kit/types.ts';
import { useLeaving } from '../kit/useLeaving.ts';
import type { Wire } from './drawing.ts';
import { layOut } from './model.ts';
import { Scene, ShapeView } from './shapes.tsx';
import { Traffic } from './Traffic.tsx';

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
        <div style={{ width: drawing.width, height: drawing.height }} className="dots relative overflow-hidden">
          {shapes.map(({ leaving, ...shape }) => (
            <ShapeView key={shape.id} shape={shape} leaving={leaving} />
          ))}
          {/* Each end of a line says in its own sentence what it is joined to. */}
          <svg aria-hidden="true" width={drawing.width} height={drawing.height} className="pointer-events-none absolute inset-0 z-[7]">
            {drawing.wires.map((wire) => (
              <WireView key={wire.id} wire={wire} active={active(wire)} />
            ))}
          </svg>
          <Traffic track={drawing.track} lane={drawing.lane} messages={messages} machine={machine} />
          {drawing.titleBlock && <TitleBlock at={drawing.titleBlock} view={t('arch.title')} subject={machine.name} />}
        </div>
      </Scroller>
    </Scene>
  );
}

/** A line through the points that the model gave it; an endpoint ends in a square at both sides. */
function WireView({ wire, active }: { wire: Wire; active: boolean }) {
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
