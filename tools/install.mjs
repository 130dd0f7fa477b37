// Installs what the project needs on a fresh machine: dependencies, and a Chromium for the browser tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** `npm ci` if the lock file changed since the last time it ran here. */
export function installDependencies() {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const stamp = path.join(root, 'node_modules', '.drydock-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** The first Chromium found: $CHROMIUM_PATH, Playwright's own copy, Debian's. */
export function findChromium() {
  const fromEnv = process.env.CHROMIUM_PATH;
  if (fromEnv && existsSync(fromEnv)) return fromEnv;
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(process.env.HOME ?? '/root', '.cache/ms-playwright');
  if (existsSync(cache)) {
    const found = spawnSync('find', [cache, '-name', 'chrome', '-type', 'f', '-perm', '-u+x'], { encoding: 'utf8' }).stdout.split('\n')[0];
    if (found) return found;
  }
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => existsSync(p));
}

/** Installs Chromium where there is none: Debian's package as root, else Playwright's download. */
export function installChromium() {
  if (findChromium()) return;
  console.log('Installing Chromium');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      DEBIAN_FRONTEND: 'noninteractive',
    });
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  if (!findChromium()) throw new Error('No Chromium found after installing it. Set CHROMIUM_PATH.');
}

/** Runs a command in the project's root with its output shown; throws when it fails. */
export function run(command, args, env = {}) {
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
}
