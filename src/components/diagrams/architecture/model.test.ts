import { describe, expect, it } from 'vitest';
import type { MachineView } from '../../../state/app.ts';
import type { Shape } from './drawing.ts';
import { factTable, sayChanges, transferWords } from './facts.ts';
import { layOut } from './model.ts';
import { container, image, machine, worldOf } from './testing.ts';

const room = { width: 868, height: 400 };
const draw = (node: MachineView, at = room) => layOut(worldOf(node), node, at);
const kinds = (shapes: readonly Shape[]) => shapes.map((shape) => shape.id);
const web = container('web', {
  ports: [
    { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0', network: 'bridge' },
    { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '::', network: 'bridge' },
  ],
});

const mount = (name: string) => ({ type: 'volume' as const, name, source: '', destination: '/data', readonly: false });

/** Shapes of the same rank may not lie on each other. */
function overlaps(shapes: readonly Shape[]): string[] {
  const ranked = shapes.filter((shape) =>
    ['client', 'registry', 'image', 'container', 'network', 'volume', 'port', 'more'].includes(shape.kind),
  );
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

  it('leaves a container that has ended without an endpoint', () => {
    const ended = container('job', { status: 'exited', pid: 0, endpoints: [{ ...web.endpoints[0]!, address: '' }] });
    expect(draw(machine([ended])).wires.map((wire) => wire.kind)).toEqual(['socket', 'registry']);
  });

  it('goes from cards to lines to the newest and a count, and keeps every line to the networks', () => {
    const of = (n: number) => draw(machine(Array.from({ length: n }, (_, i) => container(`c${i}`))));
    const detail = (n: number) => of(n).shapes.flatMap((shape) => (shape.kind === 'container' ? [shape.detail] : []));
    expect([new Set(detail(2)), new Set(detail(9)), detail(1000).length]).toEqual([new Set(['full']), new Set(['name']), 16]);
    expect(of(1000).shapes.find((shape) => shape.kind === 'more')).toMatchObject({ of: 'containers', count: 984, running: 984 });
    expect(of(9).wires.filter((wire) => wire.kind === 'endpoint').length).toBe(9);
  });

  /** What a student has after an hour: none of it may lie where nobody sees it. */
  const busy = machine(
    [web, ...Array.from({ length: 7 }, (_, i) => container(`worker-${i}`, { mounts: [mount(`v${i % 4}`)] }))],
    ['nginx', 'redis', 'postgres', 'python', 'node', 'ubuntu', 'alpine', 'mysql'].map((name, i) => image(`${name}:latest`, i + 1)),
    { volumes: new Map([0, 1, 2, 3].map((i) => [`v${i}`, { name: `v${i}`, driver: 'local', mountpoint: '' }])) },
  );

  it.each([
    [868, 386],
    [1000, 244],
    [720, 250],
    [680, 243],
    [632, 386],
    [1300, 700],
  ])('shows all of a busy machine in %i by %i, network, volumes and port included, without scrolling', (width, height) => {
    const drawing = draw(busy, { width, height });
    expect(drawing.width).toBe(width);
    if (width >= 660) expect(drawing.height).toBe(height);
    const counted = drawing.shapes.flatMap((shape) => (shape.kind === 'more' ? [[shape.of, shape.count] as const] : []));
    const drawn = (kind: Shape['kind']) => drawing.shapes.filter((shape) => shape.kind === kind).length;
    const more = new Map(counted);
    expect(drawn('image') + (more.get('images') ?? 0)).toBe(8);
    expect(drawn('container') + (more.get('containers') ?? 0)).toBe(8);
    expect(drawn('volume') + (more.get('volumes') ?? 0)).toBe(4);
    expect([drawn('network'), drawn('port')]).toEqual([1, 1]);
  });

  it('leads no line through a card, an image or a volume', () => {
    for (const size of [room, { width: 1000, height: 244 }, { width: 390, height: 640 }, { width: 1300, height: 700 }]) {
      const { shapes, wires } = draw(busy, size);
      const solid = shapes.filter((shape) => ['container', 'image', 'volume', 'more'].includes(shape.kind));
      const crossed = wires.flatMap((wire) =>
        wire.kind !== 'endpoint'
          ? []
          : solid
              .filter((shape) => `${shape.id}` !== wire.source)
              .filter((shape) =>
                wire.points.slice(1).some(([x, y], i) => {
                  const [px, py] = wire.points[i]!;
                  const [left, right, top, bottom] = [Math.min(x, px), Math.max(x, px), Math.min(y, py), Math.max(y, py)];
                  return right > shape.x && left < shape.x + shape.width && bottom > shape.y && top < shape.y + shape.height;
                }),
              )
              .map((shape) => `${wire.id} through ${shape.id}`),
      );
      expect(crossed).toEqual([]);
    }
  });

  it('puts the title block where nothing lies, or nowhere', () => {
    for (const size of [
      room,
      { width: 1000, height: 244 },
      { width: 720, height: 200 },
      { width: 390, height: 640 },
      { width: 390, height: 200 },
    ]) {
      const { shapes, titleBlock } = draw(busy, size);
      if (!titleBlock) continue;
      const [x, y] = titleBlock;
      const under = shapes.filter((s) => x < s.x + s.width && s.x < x + 214 && y < s.y + s.height && s.y < y + 25);
      expect(under.map((shape) => shape.id)).toEqual([]);
    }
  });

  it('shows an image on its way: its layers, the one that travels, and the registry that serves', () => {
    const layer = (id: string, state: 'waiting' | 'moving' | 'done', moved = 0) => ({ id, state, moved, total: 100 });
    const transfer = {
      id: '1',
      direction: 'pull' as const,
      active: true,
      host: 'docker.io',
      repository: 'library/python',
      reference: 'python:latest',
      layers: [layer('aaa', 'done', 100), layer('bbb', 'moving', 50), layer('ccc', 'waiting')],
    };
    const { shapes, wires } = layOut(
      { registries: [{ host: 'docker.io', title: 'Docker Hub', active: 1, lastRepository: 'library/python' }] },
      machine([web], [image('nginx:latest', 7)], { transfers: new Map([['1', transfer]]) }),
      room,
    );
    expect(kinds(shapes).filter((id) => /^(transfer|parcel|image)/.test(id))).toEqual([
      'parcel:1/bbb',
      'transfer:1',
      expect.stringMatching(/^image:/),
    ]);
    const wire = wires.find(({ kind }) => kind === 'registry')!;
    expect(wire.pending).toBe(false);
    const parcel = shapes.find(({ kind }) => kind === 'parcel')!;
    const [at, from] = wire.points as [[number, number], [number, number]];
    expect(parcel.x + parcel.width / 2).toBeCloseTo((at[0] + from[0]) / 2, -1);
    expect(transferWords(transfer)).toBe('layer 2 of 3');
  });

  it.each([
    [868, 400],
    [1400, 500],
    [390, 500],
    [700, 300],
    [720, 250],
    [680, 243],
  ])('never lays one thing on another, in %i by %i', (width, height) => {
    const volumes = new Map(['data', 'cache'].map((name) => [name, { name, driver: 'local', mountpoint: '' }]));
    for (const n of [0, 1, 2, 5, 30]) {
      const node = machine(
        [web, ...Array.from({ length: n }, (_, i) => container(`c${i}`))],
        [image('nginx:latest', 7), image('redis:7')],
        { volumes },
      );
      for (const machine of [node, busy]) {
        const { shapes, ...size } = draw(machine, { width, height });
        expect(overlaps(shapes)).toEqual([]);
        const outside = shapes.filter(
          (shape) => shape.x < 0 || shape.y < 0 || shape.x + shape.width > size.width || shape.y + shape.height > size.height,
        );
        expect(outside.map((shape) => shape.id)).toEqual([]);
      }
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

const unconnected = { ...web.endpoints[0]!, address: '', interface: '' };
const anonymous = '9f'.repeat(32);

it('says the same facts as a table', () => {
  const node = machine(
    [
      web,
      container('job', { status: 'exited', exitCode: 137, pid: 0, endpoints: [unconnected], oomKilled: true }),
      container('later', { status: 'created', pid: 0, endpoints: [unconnected], mounts: [mount(anonymous)] }),
    ],
    [image('nginx:latest', 1)],
    { volumes: new Map([[anonymous, { name: anonymous, driver: 'local', mountpoint: `/var/lib/docker/volumes/${anonymous}/_data` }]]) },
  );
  expect(factTable(worldOf(node), node).map((row) => [row.thing, row.name, row.state, row.detail].join(' | '))).toEqual([
    'daemon | dockerd | running | 28.2.2, API 1.50, /var/run/docker.sock',
    'container | web | running | nginx, pid 1202, bridge 172.17.0.2, writable, 1.09 kB',
    'container | job | exited (137), out of memory | nginx, writable, 1.09 kB',
    'container | later | created | nginx, bridge at start, 9f9f9f9f9f9f on /data, writable, 1.09 kB',
    'published port | :8080 | open | tcp, web:80',
    'image | nginx:latest | not in use | 192 MB, 000000000000, 1 layer',
    'network | bridge | 1 connected | bridge, 172.17.0.0/16, gateway 172.17.0.1',
    'network | host | none connected | host',
    'volume | 9f9f9f9f9f9f | in later | local, /var/lib/docker/volumes/9f9f9f9f9f9f…/_data',
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
