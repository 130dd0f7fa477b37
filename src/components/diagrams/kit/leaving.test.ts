import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Leaving } from './leaving.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('lets each one go 240 ms after it went, whatever happens meanwhile', () => {
  const shown: string[][] = [];
  const leaving = new Leaving<{ id: string }>((gone) => shown.push(gone.map(({ id }) => id)));
  const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  leaving.update([a, b, c], [b, c]);
  vi.advanceTimersByTime(200);
  leaving.update([b, c], [c]);
  vi.advanceTimersByTime(100);
  leaving.update([c], [c]);
  vi.advanceTimersByTime(500);
  expect(shown).toEqual([['a'], ['a', 'b'], ['b'], []]);
});
