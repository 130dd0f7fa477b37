import { describe, expect, it } from 'vitest';
import { type KeyValue, LogStore, type Tail } from './logStore.ts';

function memory() {
  const kv = new Map<string, unknown>();
  const tail = new Map<string, string>();
  const keyValue: KeyValue = {
    keys: async () => [...kv.keys()],
    getMany: async (keys) => keys.map((key) => kv.get(key)),
    set: async (key, value) => void kv.set(key, structuredClone(value)),
    delMany: async (keys) => keys.forEach((key) => kv.delete(key)),
  };
  const storage: Tail = {
    getItem: (key) => tail.get(key) ?? null,
    setItem: (key, value) => void tail.set(key, value),
    removeItem: (key) => void tail.delete(key),
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
