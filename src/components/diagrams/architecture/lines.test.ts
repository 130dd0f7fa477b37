/** Lines lead to what they belong to, and nothing lies on them that has to be read or told apart. */
import { describe, expect, it } from 'vitest';
import type { NetworkView } from '../../../state/app.ts';
import type { Drawing, Shape } from './drawing.ts';
import { networkAddress, networkTitle } from './facts.ts';
import { barH, layOut } from './model.ts';
import { container, image, machine, worldOf } from './testing.ts';

const endpoint = (network: string) => ({
  network,
  networkId: `${network}-id`,
  interface: 'eth0',
  address: '172.18.0.2',
  mac: '',
  aliases: [],
});
const published = (hostPort: number, network: string) => ({
  containerPort: 80,
  protocol: 'tcp' as const,
  hostPort,
  hostAddress: '0.0.0.0',
  network,
});
const bridge = (name: string, n: number): NetworkView => ({
  id: `${name}-id`,
  name,
  driver: 'bridge',
  subnet: `172.${n}.0.0/16`,
  gateway: `172.${n}.0.1`,
});
const networks = new Map([bridge('bridge', 17), bridge('n1', 18), bridge('a-network-with-a-long-name', 19)].map((n) => [n.id, n]));
const web = container('web', { ports: [published(8080, 'bridge')] });
const member = (i: number, of: readonly string[] = ['n1']) =>
  container(`c${i}`, { endpoints: of.map(endpoint), ports: [published(9000 + i, of[0]!)] });

const sizes = [
  { width: 868, height: 400 },
  { width: 1000, height: 244 },
  { width: 1300, height: 700 },
  { width: 390, height: 640 },
];
const busy = machine([web, member(1, ['bridge', 'n1']), ...[2, 3, 4, 5, 6].map((i) => member(i))], [image('nginx:latest', 7)], {
  networks,
});
const few = machine([web, member(1, ['n1', 'a-network-with-a-long-name', 'bridge'])], [image('nginx:latest', 7)], { networks });
const drawings = sizes.flatMap((size) => [busy, few].map((node) => layOut(worldOf(node), node, size)));

const shape = (drawing: Drawing, id: string): Shape => drawing.shapes.find((item) => item.id === id)!;

describe('a published port', () => {
  it.each(sizes)('leads to the network by which its container is reached, not to the lowest ($width by $height)', (size) => {
    const node = machine([web], [], { networks });
    const drawing = layOut(worldOf(node), node, size);
    const wire = drawing.wires.find(({ id }) => id === 'wire:port:8080/tcp')!;
    expect(wire.points.at(-1)![1]).toBe(shape(drawing, 'network:bridge-id').y + barH);
  });

  it('is a door in the edge of the daemon, and so is the count of those without room', () => {
    for (const drawing of drawings) {
      const daemon = shape(drawing, 'daemon');
      for (const door of drawing.shapes.filter(({ id }) => id === 'more:ports' || id.startsWith('port:')))
        expect(door.y + door.height / 2).toBe(daemon.y + daemon.height);
    }
  });

  it('keeps its line apart from others that come down beside it', () => {
    for (const { wires } of drawings) {
      const ports = wires.filter(({ kind }) => kind === 'port');
      for (const { points } of ports) {
        const [[x], [, bar]] = points as [[number, number], [number, number]];
        const beside = wires.filter((other) => other.points !== points && other.points.at(-1)![1] > bar && other.points.at(-1)![0] === x);
        expect(beside.map(({ id }) => id)).toEqual([]);
      }
    }
  });
});

it('writes no network’s words over a line', () => {
  for (const { shapes, wires } of drawings) {
    for (const network of shapes) {
      if (network.kind !== 'network' || network.beside > 0) continue;
      const { caption, network: view } = network;
      const words = `${networkTitle(view)}${caption.address ? ` ${networkAddress(view)}` : ''}`;
      const [left, right] = [network.x + caption.x, network.x + caption.x + Math.min(caption.width, words.length * 6.65)];
      const [top, bottom] = [network.y + 16, network.y + 31];
      const over = wires.filter(({ points }) =>
        points.slice(1).some(([x, y], i) => {
          const [px, py] = points[i]!;
          return x === px && x > left && x < right && Math.min(y, py) < bottom && Math.max(y, py) > top;
        }),
      );
      expect([words, over.map(({ id }) => id)]).toEqual([words, []]);
      expect(right).toBeLessThanOrEqual(network.x + network.width + 1);
    }
  }
});

it('keeps endpoints apart, on a container’s edge and in a bar', () => {
  for (const { wires } of drawings) {
    const ends = wires
      .filter(({ kind }) => kind === 'endpoint')
      .flatMap(({ points, end }) => [
        { at: points[0]!, end },
        { at: points.at(-1)!, end },
      ]);
    const close = ends.flatMap((a, i) =>
      ends.slice(i + 1).filter((b) => {
        const [dx, dy] = [Math.abs(a.at[0] - b.at[0]), Math.abs(a.at[1] - b.at[1])];
        // Ends in one place are one end: lines that share a lane.
        return dx + dy > 0 && Math.max(dx, dy) < (a.end + b.end) / 2 + 3;
      }),
    );
    expect(close).toEqual([]);
  }
});
