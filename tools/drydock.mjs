// `npm run drydock -- serve|headless`: builds the Node bundle when the sources are newer, then runs it.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installDependencies, root } from './install.mjs';

const bundle = path.join(root, 'dist-node', 'drydock.js');

function newest(dir) {
  let time = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(full));
    else if (/\.(ts|json|md|sh|ya?ml)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) time = Math.max(time, statSync(full).mtimeMs);
  }
  return time;
}

function fresh() {
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  return ['src/sim', 'src/node'].every((dir) => newest(path.join(root, dir)) <= built);
}

/** Two processes that start at once must not build into each other's output: the second waits for the first. */
function build() {
  const lock = path.join(root, '.cache', 'drydock-build.lock');
  mkdirSync(path.dirname(lock), { recursive: true });
  for (let waitedMs = 0; ; waitedMs += 100) {
    try {
      closeSync(openSync(lock, 'wx'));
      break;
    } catch {
      if (waitedMs > 180_000) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    if (fresh()) return;
    installDependencies();
    execFileSync('npx', ['vite', 'build', '--config', 'vite.node.config.ts', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2] });
  } finally {
    rmSync(lock, { force: true });
  }
}

if (process.env.DRYDOCK_BUNDLE !== 'as-is' && !fresh()) build();
await import(pathToFileURL(bundle).href);
