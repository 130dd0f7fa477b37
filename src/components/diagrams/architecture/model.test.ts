import { describe, expect, it } from 'vitest';
import type { MachineView } from '../../../state/app.ts';
import { factTable, sayChanges } from './facts.ts';
import { layOut, type Shape } from './model.ts';
import { container, image, machine, worldOf } from './testing.ts';

const room = { width: 868, height: 400 };
const draw = (node: MachineView, at = room) => layOut(worldOf(node), node, at);
const kinds = (shapes: readonly Shape[]) => shapes.map((shape) => shape.id);
const web = container('web', {
  ports: [
    { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' },
    { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '::' },
  ],
});

/** Shapes of the same rank may not lie on each other. */
function overlaps(shapes: readonly Shape[]): string[] {
  const ranked = shapes.filter((shape) => ['client', 'registry', 'image', 'container', 'network', 'volume', 'port'].includes(shape.kind));
  const found: string[] = [];
  ranked.forEach((a, i) => {
    for (const b of ranked.slice(i + 1)) {
      if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) found.push(`${a.id} over ${b.id}`);
    }
  });
  return found;
}

describe('layOut', () => {
  it('shows dotted places with words on a fresh machine', () => {
    expect(kinds(draw(machine()).shapes)).toEqual([
      'daemon',
      'client',
      'socket',
      'registry:docker.io',
      'empty:images',
      'empty:containers',
      'network:bridge-id',
    ]);
  });

  it('draws a published port once, though it is open on IPv4 and IPv6', () => {
    const drawing = draw(machine([web], [image('nginx:latest')]));
    expect(kinds(drawing.shapes).filter((id) => id.startsWith('port:'))).toEqual(['port:8080/tcp']);
    expect(drawing.wires.map((wire) => wire.id)).toEqual([
      'wire:socket',
      'wire:registry:docker.io',
      `endpoint:${web.id}/bridge`,
      'wire:port:8080/tcp',
    ]);
  });

  it('leaves an endpoint hollow while it has no address', () => {
    const created = container('db', { status: 'created', endpoints: [{ ...web.endpoints[0]!, address: '' }] });
    expect(draw(machine([created])).wires.find((wire) => wire.kind === 'endpoint')?.pending).toBe(true);
  });

  it('goes from cards to lines to the newest and a count', () => {
    const of = (n: number) => draw(machine(Array.from({ length: n }, (_, i) => container(`c${i}`)))).shapes;
    const detail = (n: number) => of(n).flatMap((shape) => (shape.kind === 'container' ? [shape.detail] : []));
    expect([new Set(detail(2)), new Set(detail(9)), detail(1000).length]).toEqual([new Set(['full']), new Set(['name']), 24]);
    expect(of(1000).find((shape) => shape.kind === 'more')).toMatchObject({ count: 976 });
  });

  it.each([
    [868, 400],
    [1400, 500],
    [390, 500],
    [700, 300],
  ])('never lays one thing on another, in %i by %i', (width, height) => {
    const volumes = new Map(['data', 'cache'].map((name) => [name, { name, driver: 'local', mountpoint: '' }]));
    for (const n of [0, 1, 2, 5, 30]) {
      const node = machine(
        [web, ...Array.from({ length: n }, (_, i) => container(`c${i}`))],
        [image('nginx:latest', 7), image('redis:7')],
        { volumes },
      );
      const { shapes, ...size } = draw(node, { width, height });
      expect(overlaps(shapes)).toEqual([]);
      const outside = shapes.filter(
        (shape) => shape.x < 0 || shape.y < 0 || shape.x + shape.width > size.width || shape.y + shape.height > size.height,
      );
      expect(outside.map((shape) => shape.id)).toEqual([]);
    }
  });

  it('draws the host network only where something uses it', () => {
    const onHost = container('h', { endpoints: [{ ...web.endpoints[0]!, network: 'host', networkId: 'host-id', address: '' }] });
    expect(kinds(draw(machine([onHost])).shapes).filter((id) => id.startsWith('network:'))).toEqual([
      'network:bridge-id',
      'network:host-id',
    ]);
  });
});

it('says the same facts as a table', () => {
  const node = machine(
    [web, container('job', { status: 'exited', exitCode: 137, pid: 0, endpoints: [], oomKilled: true })],
    [image('nginx:latest', 1)],
  );
  expect(factTable(worldOf(node), node).map((row) => [row.thing, row.name, row.state, row.detail].join(' | '))).toEqual([
    'daemon | dockerd | running | 28.2.2, API 1.50, /var/run/docker.sock',
    'container | web | running | nginx, pid 1202, bridge 172.17.0.2, writable, 1.09 kB',
    'container | job | exited (137), out of memory | nginx, writable, 1.09 kB',
    'published port | :8080 | tcp | web:80',
    'image | nginx:latest | 192 MB | 000000000000, 1 layer',
    'network | bridge | bridge | 172.17.0.0/16, 172.17.0.1',
    'network | host | host | none',
    'registry | docker.io | idle | ',
  ]);
});

it('says each change in one sentence', () => {
  const before = machine([web, container('old')], []);
  const after = machine([{ ...web, status: 'exited', exitCode: 143 }, container('new', { status: 'created' })], [image('redis:7')]);
  expect(sayChanges(before, after)).toEqual([
    'Container web is now exited (143), asked to stop.',
    'Container new is created.',
    'Container old is removed.',
    'Image redis:7 is stored.',
  ]);
  expect(sayChanges(before, before)).toEqual([]);
});
