import { expect, it } from 'vitest';
import { dictionary, own } from './dictionary.ts';

it('finds what the table has and nothing that it inherits', () => {
  const table = { a: 1 };
  expect([own(table, 'a'), own(table, 'b'), own(table, 'constructor'), own(table, '__proto__')]).toEqual([
    1,
    undefined,
    undefined,
    undefined,
  ]);
});

it('a dictionary takes every name, through JSON and back', () => {
  const table = dictionary<number>({ a: 1 });
  expect(table.toString).toBeUndefined();
  const name = ['__proto__'].join();
  table[name] = 2;
  expect(JSON.stringify(table)).toBe('{"a":1,"__proto__":2}');
  expect(dictionary(JSON.parse(JSON.stringify(table)) as Record<string, number>)[name]).toBe(2);
});
