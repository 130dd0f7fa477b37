/** The frame of the architecture diagram: client, wire, daemon, wire, registries; from top to bottom where the room is narrow. */
import type { RegistryView } from '../../../state/app.ts';
import type { Box, Point } from '../kit/types.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

export interface Frame {
  readonly tall: boolean;
  readonly width: number;
  readonly client: Box;
  readonly socket: Box;
  /** Its height follows from what it holds. */
  readonly daemon: { readonly x: number; readonly y: number; readonly width: number };
  /** The stretch on which messages travel. */
  readonly track: { readonly from: Point; readonly to: Point };
  /** Where a message may stand: over the wire, and over the client where the wire is short. */
  readonly lane: { readonly x: number; readonly y: number; readonly width: number };
  readonly registries: readonly { readonly registry: RegistryView; readonly box: Box; readonly points: readonly Point[] }[];
}

/** Client and registries, and the room around them; closer together where the pane is hardly wide enough. */
const measures = {
  wide: { margin: 16, end: { width: 104, height: 92 }, wireMin: 140, reachMin: 40 },
  close: { margin: 10, end: { width: 100, height: 92 }, wireMin: 118, reachMin: 28 },
};
const closeBelow = 760;
const measuresOf = (room: Room) => (room.width < closeBelow && room.width >= tallBelow ? measures.close : measures.wide);
const flagH = 26;
const registriesMax = 2;
export const tallBelow = 660;

/** Where the daemon begins from the top. */
export const daemonTop = (tall: boolean): number => (tall ? 12 + measures.wide.end.height + 92 : 14);

/** How wide the daemon is. `crowded`: the wires give it what they can spare. */
function widths(room: Room, crowded: boolean): { tall: boolean; width: number; wire: number; reach: number; daemon: number } {
  const tall = room.width < tallBelow;
  const width = Math.max(room.width, tall ? 320 : tallBelow);
  const { margin, end, wireMin, reachMin } = measuresOf(room);
  if (tall) return { tall, width, wire: 0, reach: 0, daemon: width - 24 };
  const between = (share: number, min: number, max: number) => Math.round(Math.min(max, Math.max(min, width * share)));
  const wire = crowded ? between(0.172, wireMin, 240) : between(0.21, wireMin, 270);
  const reach = crowded ? between(0.05, reachMin, 90) : between(0.065, reachMin, 120);
  return { tall, width, wire, reach, daemon: width - 2 * margin - 2 * end.width - wire - reach };
}

export const daemonWidth = (room: Room, crowded: boolean): number => widths(room, crowded).daemon;

/** `daemonH`: the height that the daemon's contents want; the wires meet it in the middle of what can be seen. */
export function frameOf(room: Room, crowded: boolean, daemonH: number, registries: readonly RegistryView[]): Frame {
  const { tall, width, wire, daemon: daemonW } = widths(room, crowded);
  const { margin, end } = measuresOf(room);
  const y = daemonTop(tall);
  const daemon = { x: tall ? 12 : margin + end.width + wire, y, width: daemonW };
  const middle = Math.round(y + Math.min(daemonH, Math.max(room.height - y - 20, 150)) / 2);
  const client = tall ? { x: 12, y: 12, ...end } : { x: margin, y: middle - 26, ...end };
  const meets: Point = tall ? [client.x + end.width / 2, y] : [daemon.x, middle];
  const socket = tall
    ? { x: meets[0] - 11, y: meets[1] - 11, width: 22, height: 11 }
    : { x: meets[0] - 11, y: meets[1] - 11, width: 11, height: 22 };
  const track: Frame['track'] = tall
    ? { from: [meets[0], client.y + end.height], to: [meets[0], y - 11] }
    : { from: [client.x + end.width, middle], to: [daemon.x - 11, middle] };
  const lane = tall
    ? { x: meets[0] + 12, y: track.from[1], width: 200 }
    : { x: margin, y: client.y - 4 - flagH, width: daemon.x - 8 - margin };
  // Those that serve now come first; a narrow page has room for one.
  const shown = [...registries].sort((a, b) => b.active - a.active).slice(0, tall ? 1 : registriesMax);
  return {
    tall,
    width,
    client,
    socket,
    daemon,
    track,
    lane,
    registries: shown.map((registry, i) => {
      const step = end.height + 20;
      const box = tall
        ? { x: width - 12 - end.width, y: 12, ...end }
        : { x: width - margin - end.width, y: middle - end.height / 2 + i * step - ((shown.length - 1) * step) / 2, ...end };
      const points: readonly Point[] = tall
        ? [
            [box.x + box.width / 2, y],
            [box.x + box.width / 2, box.y + box.height],
          ]
        : [
            [daemon.x + daemonW, box.y + box.height / 2],
            [box.x, box.y + box.height / 2],
          ];
      return { registry, box, points };
    }),
  };
}
