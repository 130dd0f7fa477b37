import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { OutputTail } from './outputTail.ts';

test('little output is kept whole', () => {
  const tail = new OutputTail();
  for (const text of ['one\r\n', 'two\r\n', '\x1b[?25l$ ']) tail.push(encodeUtf8(text));
  expect(decodeUtf8(tail.take())).toBe('one\r\ntwo\r\n\x1b[?25l$ ');
});

test('of much output the last lines are kept, from the start of one', () => {
  const tail = new OutputTail();
  for (let i = 0; i < 200_000; i++) tail.push(encodeUtf8(`${i}\r\n`));
  const kept = decodeUtf8(tail.take());
  const lines = kept.trimEnd().split('\r\n').map(Number);
  expect(lines.at(-1)).toBe(199_999);
  expect(lines).toEqual(Array.from(lines, (_, i) => lines[0] + i));
  expect(kept.length).toBeGreaterThan(450_000);
  expect(kept.length).toBeLessThanOrEqual(512 * 1024);
});

test('a mode that was set in what is gone still holds', () => {
  const tail = new OutputTail();
  tail.push(encodeUtf8('\x1b[?2004l\x1b[?1049h\x1b[?1h'));
  for (let i = 0; i < 100_000; i++) tail.push(encodeUtf8(`line ${i}\r\n`));
  tail.push(encodeUtf8('\x1b[?1h'));
  expect(decodeUtf8(tail.take().subarray(0, 30))).toMatch(/^\x1b\[\?2004l\x1b\[\?1049h\x1b\[\?1hline/);
});
