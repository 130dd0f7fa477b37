// `npm test`: everything, on a fresh machine too. Each part has a name of its own and can be run alone (npm run test:unit ...).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installChromium, installDependencies, root } from './install.mjs';

installDependencies();
installChromium();

const results = path.join(root, '.cache', 'summary');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const unitReport = path.join(results, 'unit.json');
const e2eReport = path.join(results, 'e2e.json');

const steps = [
  ['types', 'npx', ['tsc', '-b']],
  ['lint', 'npx', ['biome', 'check', '.']],
  ['imports', 'npm', ['run', '--silent', 'test:imports']],
  ['unused', 'npm', ['run', '--silent', 'test:unused']],
  ['build', 'npx', ['vite', 'build', '--logLevel', 'warn']],
  ['build for Node', 'npx', ['vite', 'build', '--config', 'vite.node.config.ts', '--logLevel', 'warn']],
  ['conformance', 'node', ['tools/drydock.mjs', 'conformance']],
  ['bundle budget', 'node', ['tools/bundleBudget.mjs']],
  ['unit', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]],
  ['e2e', 'npx', ['playwright', 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport }],
];

const count = { passed: 0, failed: 0, skipped: 0 };
const failedSteps = [];
for (const [name, command, args, env] of steps) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  console.log(`== ${name}: ${status === 0 ? 'ok' : `failed (${status})`}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failedSteps.push(name);
  if (name !== 'unit' && name !== 'e2e') count[status === 0 ? 'passed' : 'failed']++;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
const unit = read(unitReport);
if (unit) {
  count.passed += unit.numPassedTests;
  count.failed += unit.numFailedTests;
  count.skipped += unit.numPendingTests + unit.numTodoTests;
}
const e2e = read(e2eReport)?.stats;
if (e2e) {
  count.passed += e2e.expected + e2e.flaky;
  count.failed += e2e.unexpected;
  count.skipped += e2e.skipped;
}
if (failedSteps.length > 0 && count.failed === 0) count.failed = failedSteps.length;
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed > 0 ? 1 : 0);
