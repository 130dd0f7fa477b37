import { expect, it } from 'vitest';
import { fetchOnce } from './fetchOnce.ts';

it('fetches once, and then answers at once', async () => {
  let fetched = 0;
  const get = fetchOnce(async () => ++fetched);
  const [first, second] = [get(), get()];
  expect(first).toBeInstanceOf(Promise);
  expect([await first, await second, get(), fetched]).toEqual([1, 1, 1, 1]);
});

it('tries again after a failure', async () => {
  let fetched = 0;
  const get = fetchOnce(async () => {
    if (++fetched === 1) throw new Error('offline');
    return fetched;
  });
  await expect(get()).rejects.toThrow('offline');
  expect(await get()).toBe(2);
});
