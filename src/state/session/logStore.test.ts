import { describe, expect, it } from 'vitest';
import { type KeyValue, LogStore, type Tail } from './logStore.ts';

/** `room`: the longest text that the small storage takes. */
function memory(room = Number.POSITIVE_INFINITY) {
  const kv = new Map<string, unknown>();
  const tail = new Map<string, string>();
  const keyValue: KeyValue = {
    keys: async () => [...kv.keys()],
    getMany: async (keys) => keys.map((key) => kv.get(key)),
    set: async (key, value) => void kv.set(key, structuredClone(value)),
    delMany: async (keys) => keys.forEach((key) => kv.delete(key)),
  };
  const storage: Tail = {
    get: (key) => tail.get(key) ?? null,
    set: (key, value) => value.length <= room && !!tail.set(key, value),
    remove: (key) => void tail.delete(key),
    keys: () => [...tail.keys()],
  };
  return { kv, tail, open: (id = 's') => new LogStore(id, keyValue, storage) };
}

describe('LogStore', () => {
  it('has nothing for a session that never was', async () => {
    expect(await memory().open().load()).toBeUndefined();
  });

  it('loses nothing when the page goes before IndexedDB was written', async () => {
    const m = memory();
    const log = m.open();
    log.begin({ seed: 7 });
    log.append(['a', 'b']);
    expect({ kept: m.kv.size, saved: await m.open().load() }).toEqual({ kept: 0, saved: { header: { seed: 7 }, entries: ['a', 'b'] } });
  });

  it('keeps the order across flushes, a tail and reloads, in one chunk after a load', async () => {
    const m = memory();
    const log = m.open();
    log.begin({ seed: 1 });
    log.append(['a']);
    await log.flush();
    log.append(['b', 'c']);
    await log.flush();
    log.append(['d']);
    const again = m.open();
    expect(await again.load()).toEqual({ header: { seed: 1 }, entries: ['a', 'b', 'c', 'd'] });
    expect({ chunks: [...m.kv.keys()], length: again.length }).toEqual({ chunks: ['s/000000000'], length: 4 });
    again.append(['e']);
    await again.flush();
    expect((await m.open().load())?.entries).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('does not double entries when the page went between the write and the tail', async () => {
    const m = memory();
    const log = m.open();
    log.begin({ seed: 1 });
    log.append(['a', 'b']);
    const tail = m.tail.get('drydock.tail.s')!;
    await log.flush();
    m.tail.set('drydock.tail.s', tail);
    expect((await m.open().load())?.entries).toEqual(['a', 'b']);
  });

  it('goes on with IndexedDB alone where the small storage is full', async () => {
    const m = memory(80);
    const log = m.open();
    log.begin({ seed: 1 });
    const atRisk: boolean[] = [];
    const append = (entry: string) => {
      log.append([entry]);
      atRisk.push(log.atRisk);
    };
    append('a');
    append('x'.repeat(100));
    await log.flush();
    // The tail has room again for what comes next.
    append('b');
    expect({ atRisk, saved: (await m.open().load())?.entries }).toEqual({
      atRisk: [false, true, false],
      saved: ['a', 'x'.repeat(100), 'b'],
    });
  });

  it('a tail that has fallen behind does not cut off what IndexedDB has', async () => {
    const m = memory();
    const log = m.open();
    log.begin({ seed: 1 });
    log.append(['a']);
    const behind = m.tail.get('drydock.tail.s')!;
    log.append(['b', 'c']);
    await log.flush();
    m.tail.set('drydock.tail.s', behind);
    expect((await m.open().load())?.entries).toEqual(['a', 'b', 'c']);
  });

  it('removes one session and leaves the others', async () => {
    const m = memory();
    for (const id of ['s', 't']) {
      const log = m.open(id);
      log.begin({ id });
      log.append([id]);
      await log.flush();
    }
    await m.open('s').remove();
    expect([await m.open('s').load(), await m.open('t').load()]).toEqual([undefined, { header: { id: 't' }, entries: ['t'] }]);
  });
});
