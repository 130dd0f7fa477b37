import { beforeAll, describe, expect, test } from 'vitest';
import { parseInputLog } from './inputLog.ts';
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

describe('a server that never ends', () => {
  /** Serves one connection on port 9000 with what the command says, and asks for it. */
  async function askFor(command: string): Promise<{ id: number; answer: () => PreviewResponse | undefined }> {
    const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
    world.input(terminal, `(printf 'HTTP/1.1 200 OK\\r\\n\\r\\n'; ${command}) | nc -l -p 9000 > /dev/null; exit\r`);
    await pass();
    let answer: PreviewResponse | undefined;
    const id = world.httpRequest('node1', { url: 'http://localhost:9000/' });
    world.onHttpResponse(id, (response) => {
      answer = response;
    });
    await pass();
    return { id, answer: () => answer };
  }
  const browsers = () =>
    world.machines
      .get('node1')!
      .kernel.processes()
      .filter(({ argv }) => argv[0] === 'browser').length;

  test('is left when its page is too large to be shown', async () => {
    const { answer } = await askFor('yes');
    await pass(5);
    expect(answer()?.error).toBe('The page is larger than 16 MiB.');
    expect(browsers()).toBe(0);
  });

  test('is left when its page takes too long', async () => {
    const { answer } = await askFor('sleep 1000');
    await pass(55);
    expect([answer(), browsers()]).toEqual([undefined, 1]);
    await pass(10);
    expect([answer()?.error, browsers()]).toEqual(['The page was not complete after 60 seconds.', 0]);
  });

  test('is left when nobody waits for its page any more, in a replay too', async () => {
    const { id, answer } = await askFor('sleep 1000');
    expect(browsers()).toBe(1);
    world.cancelRequest(id);
    await pass();
    expect([answer()?.error, browsers()]).toEqual(['The connection was closed.', 0]);
    expect(parseInputLog(JSON.parse(JSON.stringify(world.log))).entries.at(-1)).toMatchObject({ kind: 'cancel', request: id });
  });
});
