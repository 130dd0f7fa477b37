import { expect, test } from 'vitest';
import { notFound } from '../errors.ts';
import { container, recordStore } from '../testing.ts';
import { foldFilters, keepListed } from './listFilters.ts';
import type { ContainerServices } from './services.ts';

const up = { status: 'running', startedAt: 1 } as const;
const all = [
  container({
    name: 'db',
    config: { Labels: { env: 'dev', team: 'red' } },
    state: { status: 'exited', exitCode: 3, startedAt: 1, finishedAt: 2 },
  }),
  container({
    name: 'web',
    config: { Labels: { env: 'prod' } },
    state: { ...up, health: { status: 'healthy', failingStreak: 0, log: [] } },
    network: {
      sandboxId: 's',
      sandboxKey: '',
      endpoints: [],
      ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
      gatewayNetwork: 'bridge',
    },
  }),
  container({ name: 'web2', state: { ...up, status: 'paused' } }),
];
const services = {
  records: recordStore({ containers: all }),
  images: {
    find(name: string) {
      throw notFound(`No such image: ${name}`);
    },
  },
} as unknown as ContainerServices;

function names(filters: Record<string, string[]>, more: { all?: boolean; limit?: number } = {}): string[] {
  const filter = foldFilters(services, {
    all: more.all ?? false,
    limit: more.limit ?? 0,
    size: false,
    filters: new Map(Object.entries(filters)),
  });
  return keepListed(all.toReversed(), filter).map((c) => c.name);
}

test('only running containers, newest first', () => {
  expect(names({})).toEqual(['web2', 'web']);
  expect(names({}, { all: true })).toEqual(['web2', 'web', 'db']);
  expect(names({}, { limit: 1 })).toEqual(['web2']);
});

test.each([
  [{ name: ['web'] }, ['web2', 'web']],
  [{ name: ['^/web$'] }, ['web']],
  [{ status: ['exited'] }, ['db']],
  [{ status: ['exited', 'paused'] }, ['web2', 'db']],
  [{ exited: ['3'] }, []],
  [{ label: ['env'] }, ['web']],
  [{ label: ['env=prod'] }, ['web']],
  [{ health: ['healthy'] }, ['web']],
  [{ health: ['none'] }, ['web2']],
  [{ publish: ['8080'] }, ['web']],
  [{ publish: ['80'] }, []],
  [{ expose: ['400-500/tcp'] }, ['web']],
  [{ before: ['web2'] }, ['web']],
  [{ since: ['web'] }, ['web2']],
  [{ ancestor: ['nosuch'] }, []],
])('%j', (filters, expected) => {
  expect(names(filters as Record<string, string[]>)).toEqual(expected);
});

test('all that ended with a status', () => {
  expect(names({ exited: ['3'] }, { all: true })).toEqual(['db']);
});

test.each([
  [{ bogus: ['x'] }, "invalid filter 'bogus'"],
  [
    { status: ['bogus'] },
    "invalid filter 'status=bogus': invalid value for state (bogus): must be one of created, running, paused, restarting, removing, exited, dead",
  ],
  [
    { health: ['sick'] },
    "invalid filter 'health=sick': invalid value for health (sick): must be one of none, starting, healthy, unhealthy",
  ],
  [{ exited: ['x'] }, `invalid filter 'exited=x': strconv.Atoi: parsing "x": invalid syntax`],
  [{ publish: ['99999999'] }, 'error while looking up for publish 99999999: strconv.ParseUint: parsing "99999999": value out of range'],
  [{ since: ['nosuch'] }, 'No such container: nosuch'],
])('%j is refused', (filters, message) => {
  expect(() => names(filters as unknown as Record<string, string[]>)).toThrow(message);
});
