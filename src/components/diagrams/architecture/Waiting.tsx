import { useMemo } from 'react';
import { t } from '../../../state/strings/index.ts';
import type { DiagramProps } from '../kit/types.ts';
import type { Shape } from './drawing.ts';
import { barH, layOut } from './model.ts';

const rounded: Partial<Record<Shape['kind'], string>> = {
  daemon: 'rounded-daemon bg-s1',
  client: 'rounded-client bg-s1',
  registry: 'rounded-client bg-s1',
  container: 'rounded-card',
  port: 'rounded-pill bg-s1',
};

/** The drawing before its code is there: dotted places where its things will stand. */
export function Waiting({ view: { registries }, machine, width, height }: DiagramProps) {
  const { shapes } = useMemo(() => layOut({ registries }, machine, { width, height }), [registries, machine, width, height]);
  const daemon = shapes.find((shape) => shape.kind === 'daemon')!;
  return (
    <div className="relative h-full overflow-hidden">
      {shapes
        .filter((shape) => shape.kind !== 'socket' && shape.kind !== 'more' && shape.kind !== 'parcel')
        .map((shape) => (
          <div
            key={shape.id}
            aria-hidden="true"
            data-waiting={shape.id}
            className={`absolute border-[1.5px] border-dotted border-edge ${rounded[shape.kind] ?? 'rounded-layer'}`}
            style={{ left: shape.x, top: shape.y, width: shape.width, height: shape.kind === 'network' ? barH : shape.height }}
          />
        ))}
      <p role="status" className="absolute text-label text-ink2" style={{ left: daemon.x + 16, top: daemon.y + 13 }}>
        {t('diagram.loading')}
      </p>
    </div>
  );
}
