// `npm run bench [page] [engine] [serve]`: prints the figures that the budgets name. A figure over its goal is marked, and is no failure:
// how fast a computer is today is not what a test can judge.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const parts = ['page', 'engine', 'serve'];
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const unknown = wanted.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. There are ${parts.join(', ')}.`);
  process.exit(2);
}

/** Prints one figure. `goal` is the largest value that keeps the budget, or the smallest with `atLeast`. */
function figure(name, value, unit, { goal, atLeast } = {}) {
  const shown = typeof value === 'number' ? value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0) : 'not measured';
  const limit = goal ?? atLeast;
  const kept = goal !== undefined ? value <= goal : atLeast !== undefined ? value >= atLeast : undefined;
  const verdict = kept === undefined ? '' : kept ? '  kept' : '  MISSED';
  const budget = limit === undefined ? '' : `  (${goal !== undefined ? 'at most' : 'at least'} ${limit} ${unit})`;
  console.log(`  ${name.padEnd(58)} ${shown.padStart(9)} ${unit}${budget}${verdict}`);
}

for (const name of parts) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const file = path.join(root, 'tools/bench', `${name}.mjs`);
  if (!existsSync(file)) continue;
  const { title, measure } = await import(file);
  console.log(`\n${title}`);
  await measure(figure);
}
process.exit();
