import { expect, it } from 'vitest';
import type { ApiMessage } from '../../state/app.ts';
import { place, timelineEvents } from './model.ts';

function message(id: number, method: string, path: string, rest: Partial<ApiMessage> = {}): ApiMessage {
  return {
    id,
    machine: 'node1',
    endpoint: 'unix:///var/run/docker.sock',
    from: 'docker',
    method,
    path,
    requestHeaders: [],
    requestBody: '',
    sentAt: id * 1000,
    status: 200,
    responseHeaders: [],
    responseBody: '',
    answeredAt: id * 1000 + 500,
    open: false,
    ...rest,
  };
}
const id = '7d1bd3a0c5f94e1186a2cf0e7b93d4512a6f8e90c7d1b35e4420f9ac61d8e3b7';

it('shows what changed something, and create with start as one run', () => {
  const events = timelineEvents([
    message(1, 'HEAD', '/_ping'),
    message(2, 'POST', '/v1.50/images/create?fromImage=docker.io%2Flibrary%2Fnginx&tag=latest'),
    message(3, 'POST', '/v1.50/containers/create?name=web', { responseBody: `{"Id":"${id}"}` }),
    message(4, 'POST', `/v1.50/containers/${id}/start`, { status: 500 }),
    message(5, 'GET', '/v1.50/containers/json'),
    message(6, 'POST', '/v1.50/containers/web/stop'),
    message(7, 'DELETE', '/v1.50/containers/web'),
    message(8, 'DELETE', '/v1.50/networks/front', { status: 404 }),
  ]);
  expect(events.map((event) => `${event.id} ${event.label}${event.failed ? ' failed' : ''}`)).toEqual([
    '2 pull nginx',
    '3 run web failed',
    '6 stop web',
    '7 rm web',
    '8 network rm front failed',
  ]);
});

it('labels the newest first and leaves out a label that would lie on another', () => {
  const events = [
    { id: 1, at: 5_000_000, label: 'pull nginx', failed: false },
    { id: 2, at: 8_900_000, label: 'run blue', failed: false },
    { id: 3, at: 9_000_000, label: 'run web', failed: false },
  ];
  expect(place(events, 10_000_000, 800).map((event) => [event.label, event.x, event.labelled])).toEqual([
    ['pull nginx', 0.5, true],
    ['run blue', 0.89, false],
    ['run web', 0.9, true],
  ]);
});
