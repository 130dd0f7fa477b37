import { beforeAll, expect, test } from 'vitest';
import type { PreviewResponse } from './preview.ts';
import { World } from './world.ts';

let world: World;

/** Lets two simulated seconds pass, parts that load on demand included. */
async function pass(seconds = 2): Promise<void> {
  const until = world.now + seconds * 1_000_000;
  while (world.now < until) {
    const result = world.advance(until, 1000, () => 0);
    if (typeof result === 'object') await result;
  }
}

async function ask(request: { url: string; socket?: string }): Promise<PreviewResponse> {
  let answer: PreviewResponse | undefined;
  world.onHttpResponse(world.httpRequest('node1', request), (response) => {
    answer = response;
  });
  await pass();
  return answer!;
}

beforeAll(async () => {
  world = World.create({ seed: 7 });
  await pass(20);
});

test('a panel of the page asks the daemon over its socket', async () => {
  const answer = await ask({ url: 'http://localhost/_ping', socket: '/var/run/docker.sock' });
  expect([answer.status, new TextDecoder().decode(answer.body)]).toEqual([200, 'OK']);
});

test.each(['http+unix:///var/run/docker.sock/_ping', 'unix:///var/run/docker.sock', 'file:///etc/passwd'])(
  'no address that a page in a container can name leads there: %s',
  async (url) => {
    const answer = await ask({ url });
    expect([answer.status, answer.error]).toEqual([0, 'The preview opens http:// addresses only.']);
  },
);

test('a page that nobody serves is refused, as the network refuses it', async () => {
  const answer = await ask({ url: 'http://localhost:8080/' });
  expect([answer.status, answer.error]).toEqual([0, expect.stringContaining('refused')]);
});
