import { expect, it } from 'vitest';
import type { Input } from '../../sim/world/index.ts';
import { cards, removeCard } from './cards.ts';
import { LogStore } from './logStore.ts';
import { Recorder } from './recorder.ts';

const keys = (data: string): Input => ({ at: 0, kind: 'keys', terminal: 0, data });
const opened: Input = { at: 0, kind: 'open', machine: 'node1', rows: 24, columns: 80 };

/** A database that takes a turn for each write, beside a small storage that has room or not. */
function setUp(id: string, room: boolean) {
  const chunks = new Map<string, unknown>();
  const tail = new Map<string, string>();
  const log = () =>
    new LogStore(
      id,
      {
        keys: async () => [...chunks.keys()],
        getMany: async (names) => names.map((name) => chunks.get(name)),
        set: async (name, value) => void (await new Promise((done) => setTimeout(done)), chunks.set(name, structuredClone(value))),
        delMany: async (names) => names.forEach((name) => chunks.delete(name)),
      },
      {
        get: (key) => tail.get(key) ?? null,
        set: (key, value) => room && !!tail.set(key, value),
        remove: (key) => void tail.delete(key),
        keys: () => [...tail.keys()],
      },
    );
  const entries: Input[] = [];
  const store = log();
  store.begin({});
  return {
    entries,
    recorder: new Recorder(
      store,
      () => entries,
      () => ({ containers: 2, images: 1 }),
      () => {},
    ),
    saved: async () => (await log().load())?.entries,
  };
}

it('keeps what was typed while the database wrote, where the small storage has no room', async () => {
  const { entries, recorder, saved } = setUp('a', false);
  for (const data of ['l', 's', '\r']) {
    entries.push(keys(data));
    recorder.keep();
  }
  await recorder.flush();
  removeCard('a');
  expect(await saved()).toEqual(entries);
});

it('a session in which nobody did anything leaves nothing; another leaves its log and a card', async () => {
  const idle = setUp('b', true);
  idle.entries.push(opened);
  idle.recorder.keep();
  await idle.recorder.leave();
  const used = setUp('c', true);
  used.entries.push(opened, keys('ls\rpwd\r'));
  used.recorder.keep();
  await used.recorder.leave();
  expect([await idle.saved(), await used.saved(), cards()]).toEqual([
    undefined,
    used.entries,
    [{ id: 'c', at: expect.any(Number) as number, lines: 2, holds: { containers: 2, images: 1 } }],
  ]);
  removeCard('c');
});
