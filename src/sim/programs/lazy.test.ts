import { expect, it } from 'vitest';
import { allPrograms } from './index.ts';
import { lazyPrograms } from './lazy.ts';

it('knows the names of all programs without loading them (npm run families writes the list)', () => {
  expect(
    lazyPrograms()
      .map((p) => p.name)
      .sort(),
  ).toEqual(
    allPrograms()
      .map((p) => p.name)
      .sort(),
  );
});
