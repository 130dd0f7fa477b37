/** The lines between containers and networks: a lane each in the gutter left of the cards, or one per network where there are many. */
import type { ContainerView } from '../../../state/app.ts';
import type { Box } from '../kit/types.ts';
import type { Wire } from './drawing.ts';
import { isConnected } from './facts.ts';
import { gutter } from './fit.ts';

/** Closer than this, ends would lie on each other. */
const pitchMin = 8;
const pitchMax = 12;
const endMax = 7;
/** Between two ends that stand side by side. */
const endGap = 3;

export interface Placed {
  readonly container: ContainerView;
  readonly box: Box;
  readonly column: number;
}

const endFor = (pitch: number): number => Math.max(3, Math.min(endMax, Math.floor(pitch - endGap)));

/** `bars`: the top of each network's bar, by the network's name. No line runs under a card or over another line. */
export function endpointWires(placed: readonly Placed[], bars: ReadonlyMap<string, number>): readonly Wire[] {
  const wires: Wire[] = [];
  for (const column of new Set(placed.map((item) => item.column))) {
    const ends = placed
      .filter((item) => item.column === column)
      .flatMap(({ container, box }) => {
        const own = container.endpoints.filter((endpoint) => bars.has(endpoint.network) && isConnected(container, endpoint));
        // Those of one container stand above each other on its edge.
        const pitch = Math.min(pitchMax, (box.height - 10) / Math.max(1, own.length - 1));
        const lowest = box.y + box.height - Math.min(16, (box.height - pitch * (own.length - 1)) / 2);
        return own.map((endpoint, k) => ({
          container,
          box,
          endpoint,
          from: Math.round(lowest - k * pitch),
          end: endFor(own.length > 1 ? pitch : endMax + endGap),
        }));
      });
    const networks = [...bars.keys()].filter((network) => ends.some(({ endpoint }) => endpoint.network === network));
    // The highest card takes the lane farthest from the cards, so that none crosses another on its way down.
    const own = (gutter - 12) / Math.max(1, ends.length - 1) >= pitchMin;
    const lanes = own ? ends.length : networks.length;
    const pitch = Math.min(pitchMax, (gutter - 12) / Math.max(1, lanes - 1));
    ends.forEach(({ container, box, endpoint, from, end }, i) => {
      const place = own ? lanes - 1 - i : networks.indexOf(endpoint.network);
      const lane = Math.round(box.x - 8 - place * pitch);
      wires.push({
        id: `endpoint:${container.id}/${endpoint.network}`,
        kind: 'endpoint',
        pending: endpoint.address === '',
        points: [
          [box.x, from],
          [lane, from],
          [lane, bars.get(endpoint.network)!],
        ],
        source: `container:${container.id}`,
        target: `network:${endpoint.networkId}`,
        end: own ? Math.min(end, endFor(pitch)) : end,
      });
    });
  }
  // A hollow end never hides one that is connected.
  return wires.sort((a, b) => Number(b.pending) - Number(a.pending));
}
