import { expect, it } from 'vitest';
import { openStorage } from './storage.ts';

it('a browser that forbids its storage gets a memory that goes with the page', () => {
  const storage = openStorage(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  expect([storage.set('a', '1'), storage.get('a'), storage.keys(), storage.lasts]).toEqual([true, '1', ['a'], false]);
});

it('a full storage says so and keeps what it had', () => {
  const full = {
    getItem: (key: string) => (key === 'a' ? 'old' : null),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => {},
  };
  const storage = openStorage(() => full as unknown as Storage);
  expect([storage.set('a', 'new'), storage.get('a'), storage.lasts]).toEqual([false, 'old', true]);
});
