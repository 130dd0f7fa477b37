/** Published ports: doors in the daemon's lower edge, each joined to the network by which its container is reached. */
import type { Box, Point } from '../kit/types.ts';
import type { Shape, Wire } from './drawing.ts';
import { type PublishedPort, portWords } from './facts.ts';

export const portH = 26;
/** The door that stands for those without room. */
const moreW = 72;
const doorGap = 10;
/** Two lines are told apart from here on (px). */
const apart = 8;

export interface Quay {
  readonly daemon: Pick<Box, 'x'>;
  /** Right end of the daemon's inside, and its lower edge. */
  readonly right: number;
  readonly edge: number;
  /** Where bars may be met: right of their captions. */
  readonly barX: number;
  /** Top of each network's bar, by the network's name. */
  readonly bars: ReadonlyMap<string, number>;
  readonly barH: number;
  /** Lines that are there already. */
  readonly wires: readonly Wire[];
}

/** From the right, as many as there is room for; the newest host ports are those of the highest number. */
export function portDoors(
  ports: readonly PublishedPort[],
  quay: Quay,
): { readonly shapes: readonly Shape[]; readonly wires: readonly Wire[] } {
  const { daemon, right, edge, barX, bars, barH } = quay;
  const shapes: Shape[] = [];
  const wires: Wire[] = [];
  const top = edge - portH / 2;
  let free = right;
  for (const port of [...ports].reverse()) {
    const width = Math.round(portWords(port).length * 6.4 + 26);
    const last = ports.length - shapes.length === 1;
    if (free - width < daemon.x + (last ? 8 : 2 * doorGap + moreW)) break;
    shapes.push({ id: port.id, kind: 'port', port, x: free - width, y: top, width, height: portH });
    const bar = bars.get(port.network);
    const x = bar === undefined ? undefined : clearX(Math.max(free - width + 12, barX), free - 12, bar, [...quay.wires, ...wires]);
    if (bar !== undefined && x !== undefined) {
      const points: readonly Point[] = [
        [x, top],
        [x, bar + barH],
      ];
      wires.push({
        id: `wire:${port.id}`,
        kind: 'port',
        points,
        source: port.id,
        target: `network:${port.network}`,
        pending: false,
        end: 0,
      });
    }
    free -= width + doorGap;
  }
  const count = ports.length - shapes.length;
  if (count > 0) {
    const box = { x: Math.max(daemon.x + doorGap, free - moreW), y: top, width: moreW, height: portH };
    shapes.push({ id: 'more:ports', kind: 'more', of: 'ports', count, running: 0, all: false, ...box });
  }
  return { shapes, wires };
}

/** The place nearest to the middle of a door where no line comes down past `bar`; undefined where the door is left of all bars. */
function clearX(from: number, to: number, bar: number, wires: readonly Wire[]): number | undefined {
  if (from > to) return undefined;
  const taken = wires.flatMap(({ points }) =>
    points.slice(1).flatMap(([x, y], i) => (points[i]![0] === x && Math.max(y, points[i]![1]) > bar ? [x] : [])),
  );
  const middle = Math.round((from + to) / 2);
  for (let step = 0; step <= to - from; step++) {
    const x = middle + (step % 2 === 0 ? step / 2 : -(step + 1) / 2);
    if (x >= from && x <= to && taken.every((other) => Math.abs(other - x) >= apart)) return x;
  }
  return middle;
}
