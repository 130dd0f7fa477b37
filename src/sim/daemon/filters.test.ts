import { expect, it } from 'vitest';
import { patternMatch } from './filters.ts';

it.each([
  ['web', 'my-web-1', true],
  ['^web$', 'my-web-1', false],
  ['web-[0-9]+$', 'my-web-1', true],
  // No Go pattern: only the name itself would fit.
  ['(?=web)', 'my-web-1', false],
  // A pattern that a backtracking matcher never ends with.
  ['^(a+)+X$', 'a'.repeat(200), false],
])('the filter name=%s on %s', (pattern, name, want) => {
  expect(patternMatch(new Map([['name', [pattern]]]), 'name', name)).toBe(want);
});
