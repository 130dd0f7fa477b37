import { expect, it } from 'vitest';
import { breakPoints, welcome } from './welcome.ts';

const SGR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

it('breaks between words, at the width of the terminal', () => {
  expect([...breakPoints('one two three', 8)]).toEqual([8]);
  expect([...breakPoints('one two three', 7)]).toEqual([8]);
  expect([...breakPoints('one two three', 6)]).toEqual([4, 8]);
  expect([...breakPoints('one two three', 80)]).toEqual([]);
});

it('keeps every word of the welcome and no row wider than the terminal', () => {
  const wide = welcome(200).replace(SGR, '');
  const narrow = welcome(40).replace(SGR, '');
  expect(narrow.replace(/\s+/g, ' ')).toBe(wide.replace(/\s+/g, ' '));
  for (const row of narrow.split('\r\n')) expect(row.length).toBeLessThanOrEqual(40);
});
