/** Where the words of a network stand: below its bar, where no line runs down to another network. */
import type { NetworkView } from '../../../state/app.ts';
import type { Box } from '../kit/types.ts';
import type { Caption, Wire } from './drawing.ts';
import { networkAddress, networkTitle } from './facts.ts';

const charWidth = 6.65;
/** Between words and a line (px). */
const clearance = 5;

/** Name and address in the first place from the left that holds them; else the name alone; else the widest place. */
export function captionBelow(network: NetworkView, row: Box, wires: readonly Wire[]): Caption {
  const places = gapsIn(row, wires);
  const name = networkTitle(network).length * charWidth;
  const whole = name + (networkAddress(network).length + 1) * charWidth;
  for (const [needed, address] of [
    [whole, true],
    [name, false],
  ] as const) {
    const place = places.find(([from, to]) => to - from >= needed);
    if (place) return { x: place[0] - row.x, width: Math.ceil(needed) + 2, address };
  }
  const [from, to] = places.reduce((widest, place) => (place[1] - place[0] > widest[1] - widest[0] ? place : widest));
  return { x: from - row.x, width: to - from, address: false };
}

/** The stretches of a row that no upright line passes. */
function gapsIn(row: Box, wires: readonly Wire[]): readonly (readonly [from: number, to: number])[] {
  const lines = wires
    .flatMap(({ points }) =>
      points.slice(1).flatMap(([x, y], i) => {
        const [px, py] = points[i]!;
        return x === px && Math.min(y, py) < row.y + row.height && Math.max(y, py) > row.y ? [x] : [];
      }),
    )
    .filter((x) => x > row.x && x < row.x + row.width)
    .sort((a, b) => a - b);
  const edges = [row.x - clearance, ...lines, row.x + row.width + clearance];
  return edges.slice(1).map((to, i) => [edges[i]! + clearance, to - clearance] as const);
}
