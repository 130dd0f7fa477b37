import { expect, test } from 'vitest';
import { parseExecutable } from '../kernel/executable.ts';
import { catalogue } from '../registry/hub/catalogue.ts';
import { createPrograms } from './programs.ts';

test("every executable of the catalogue's images is a program", () => {
  const programs = createPrograms(() => []);
  const unknown = new Set<string>();
  for (const { repository, steps } of catalogue())
    for (const step of steps)
      for (const { name, data } of step.layer?.() ?? []) {
        const executable = data && parseExecutable(data);
        if (executable?.kind === 'program' && !programs.get(executable.name)) unknown.add(`${repository}: ${name}`);
      }
  expect([...unknown]).toEqual([]);
});
