import { expect, it } from 'vitest';
import type { ApiMessage } from '../../state/app.ts';
import { message } from '../diagrams/kit/testing.ts';
import { timelineEvents } from './model.ts';

const id = '7d1bd3a0c5f94e1186a2cf0e7b93d4512a6f8e90c7d1b35e4420f9ac61d8e3b7';
const shown = (messages: readonly ApiMessage[]) => timelineEvents(messages).map((event) => `${event.id} ${event.label}, ${event.state}`);

it('shows what changed something, and create with start as one run', () => {
  expect(
    shown([
      message(1, 'HEAD', '/_ping'),
      message(2, 'POST', '/v1.50/images/create?fromImage=docker.io%2Flibrary%2Fnginx&tag=latest'),
      message(3, 'POST', '/v1.50/containers/create?name=web', { responseBody: `{"Id":"${id}"}` }),
      message(4, 'POST', `/v1.50/containers/${id}/start`, { status: 500 }),
      message(5, 'GET', '/v1.50/containers/json'),
      message(6, 'POST', '/v1.50/containers/web/stop'),
      message(7, 'DELETE', '/v1.50/containers/web'),
      message(8, 'DELETE', '/v1.50/networks/front', { status: 404 }),
    ]),
  ).toEqual(['2 pull nginx, done', '3 run web, failed', '6 stop web, done', '7 rm web, done', '8 network rm front, failed']);
});

const create = (id: number, image: string, status = 404, sentAt = id * 1000) =>
  message(id, 'POST', '/v1.50/containers/create?name=web', { status, sentAt, requestBody: `{"Image":"${image}"}` });
const pull = (id: number, name: string, rest: Partial<ApiMessage> = {}) =>
  message(id, 'POST', `/v1.50/images/create?fromImage=${encodeURIComponent(name)}&tag=latest`, rest);

it('leaves out the create that only finds that its image must be pulled first', () => {
  const run = [
    create(1, 'nginx:latest'),
    message(2, 'GET', '/v1.50/info'),
    pull(3, 'docker.io/library/nginx'),
    create(4, 'nginx:latest', 201),
  ];
  expect(shown(run)).toEqual(['3 pull nginx, done', '4 create web, done']);
  const elsewhere = 'localhost:5000/my/box';
  expect(shown([create(1, `${elsewhere}:1`), pull(2, elsewhere, { status: 500 })])).toEqual([`2 pull ${elsewhere}, failed`]);
});

it('keeps a create that failed for good', () => {
  // --pull never; a pull of something else; a pull that a person asked for later.
  expect(shown([create(1, 'nginx')])).toEqual(['1 create web, failed']);
  expect(shown([create(1, 'nginx'), pull(2, 'redis')])).toEqual(['1 create web, failed', '2 pull redis, done']);
  expect(shown([create(1, 'nginx'), pull(2, 'nginx', { sentAt: 9_000_000 })])).toEqual(['1 create web, failed', '2 pull nginx, done']);
});

it('tells a pull under way and one that was interrupted from one that is done', () => {
  expect(shown([pull(1, 'mysql', { open: true })])).toEqual(['1 pull mysql, streaming']);
  expect(shown([pull(1, 'mysql', { hungUp: true })])).toEqual(['1 pull mysql, hungUp']);
});
