/** The lines between containers and networks: a lane each in the gutter left of the cards, or one per network where there are many. */
import type { ContainerView } from '../../../state/app.ts';
import type { Box } from '../kit/types.ts';
import type { Wire } from './drawing.ts';
import { isConnected } from './facts.ts';
import { gutter } from './fit.ts';

/** Closer than this, ends would lie on each other. */
const pitchMin = 8;

export interface Placed {
  readonly container: ContainerView;
  readonly box: Box;
  readonly column: number;
}

/** `bars`: the top of each network's bar, by the network's name. No line runs under a card or over another line. */
export function endpointWires(placed: readonly Placed[], bars: ReadonlyMap<string, number>): readonly Wire[] {
  const wires: Wire[] = [];
  for (const column of new Set(placed.map((item) => item.column))) {
    const ends = placed
      .filter((item) => item.column === column)
      .flatMap(({ container, box }) =>
        container.endpoints
          .filter((endpoint) => bars.has(endpoint.network) && isConnected(container, endpoint))
          .map((endpoint, k) => ({ container, box, endpoint, from: box.y + box.height - Math.min(16, box.height / 2) - k * 8 })),
      );
    const networks = [...bars.keys()].filter((network) => ends.some(({ endpoint }) => endpoint.network === network));
    // The highest card takes the lane farthest from the cards, so that none crosses another on its way down.
    const own = (gutter - 12) / Math.max(1, ends.length - 1) >= pitchMin;
    const lanes = own ? ends.length : networks.length;
    const pitch = Math.min(9, (gutter - 12) / Math.max(1, lanes - 1));
    ends.forEach(({ container, box, endpoint, from }, i) => {
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
      });
    });
  }
  // A hollow end never hides one that is connected.
  return wires.sort((a, b) => Number(b.pending) - Number(a.pending));
}
