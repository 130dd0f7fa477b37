import { expect, it } from 'vitest';
import { MessageLog } from './messages.ts';
import type { ApiMessage } from './view.ts';

const message = (id: number, status?: number): ApiMessage => ({ id, status }) as ApiMessage;

it('keeps the newest 500 calls, oldest first: one that is open for longer does not come back as the newest', () => {
  const log = new MessageLog(() => {});
  for (let i = 0; i < 501; i++) log.put(message(log.nextId()));
  log.put(message(1, 200)); // the next piece of an answer that never ends
  log.put(message(2, 200));
  const kept = log.snapshot();
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, i) => i + 2));
  expect(kept[0].status).toBe(200);
});
