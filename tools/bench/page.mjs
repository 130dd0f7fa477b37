// The page in a cold Chromium, beside a blank page and a bare page of React and xterm.js, in turns, so that the ratios are of the same minutes.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { initialScripts } from '../bundleBudget.mjs';
import { root, run } from '../install.mjs';
import { openPage, slow } from './browser.mjs';
import { serveFolder } from './staticServer.mjs';

export const title = 'Page';
const rounds = 5;
const commands = 40;

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)];
const median = (values) => at(values, 0.5);

/** 50 KiB (gzipped) of other script: what a page has besides. Many small functions, each called once; the same every time. */
function ballast() {
  let state = 12_345;
  const next = (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  let code = '';
  let count = 0;
  while (gzipSync(code, { level: 9 }).length < 50 * 1024) {
    for (let n = 0; n < 40; n++) {
      const name = `k${next(1e9).toString(36)}`;
      code += `function f${count++}(a) { const ${name} = a + ${next(1e6)}; return { ${name} }.${name} % ${1 + next(997)}; }\n`;
    }
  }
  const calls = Array.from({ length: count }, (_, n) => `f${n}`).join(', ');
  return `${code}export const ballast = () => [${calls}].reduce((a, f) => f(a), 0);`;
}

/** Answers the import of 'virtual:ballast'. */
const ballastPlugin = {
  name: 'ballast',
  resolveId: (id) => (id === 'virtual:ballast' ? id : undefined),
  load: (id) => (id === 'virtual:ballast' ? ballast() : undefined),
};

async function folders() {
  if (!existsSync(path.join(root, 'dist/index.html'))) run('npx', ['vite', 'build', '--logLevel', 'warn']);
  const floor = path.join(root, 'node_modules/.cache/bench/floor');
  await build({
    root: path.join(root, 'tools/bench/floor'),
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [react(), ballastPlugin],
    build: { outDir: floor, emptyOutDir: true },
  });
  const blank = path.join(root, 'node_modules/.cache/bench/blank');
  mkdirSync(blank, { recursive: true });
  writeFileSync(
    path.join(blank, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><title>Blank</title><p>$ <input id="p" autofocus></p>',
  );
  return { blank, floor, app: path.join(root, 'dist') };
}

export async function measure(figure) {
  const served = Object.fromEntries(
    await Promise.all(Object.entries(await folders()).map(async ([name, folder]) => [name, await serveFolder(folder)])),
  );
  const { prompt } = initialScripts();
  figure('JavaScript and HTML to the prompt', [...prompt.values()].reduce((a, b) => a + b, 0) / 1024, 'KiB gz', { goal: 250 });

  for (const [name, link] of [
    ['as this computer is', undefined],
    ['4 times slower, 10 Mbit/s, 40 ms', slow],
  ]) {
    console.log(`  ${name}`);
    const prompts = { blank: [], floor: [], app: [] };
    const results = { floor: [], app: [] };
    const echo = [];
    const answers = [];
    const lists = [];
    const longest = { floor: [], app: [] };
    for (let round = 0; round < rounds; round++) {
      for (const kind of round % 2 ? ['app', 'floor', 'blank'] : ['blank', 'floor', 'app']) {
        const opened = await openPage(served[kind].url, link);
        try {
          prompts[kind].push(await opened.promptMs());
          if (kind === 'blank') continue;
          results[kind].push((await opened.firstCommand('echo first', '^first')).at);
          longest[kind].push(await opened.longestTask());
          if (kind !== 'app') continue;
          await opened.page.waitForTimeout(2500);
          for (let n = 0; n < commands / rounds; n++) {
            const timed = await opened.command(`echo mark${round}x${n}`, `^mark${round}x${n}`);
            echo.push(timed.echo);
            answers.push(timed.result);
          }
          await opened.command('docker ps && echo warm', '^warm');
          for (let n = 0; n < 4; n++) lists.push((await opened.command(`docker ps && echo listed${n}`, `^listed${n}`)).result);
        } finally {
          await opened.close();
        }
      }
    }
    figure('  prompt takes a key', median(prompts.app), 'ms');
    figure('  prompt, to a blank page', median(prompts.app) / median(prompts.blank), 'x', { goal: 1.5 });
    figure("  first command's result", median(results.app), 'ms');
    figure("  first command's result, to bare React and xterm.js", median(results.app) / median(results.floor), 'x', { goal: 1.2 });
    figure('  longest task until then', median(longest.app), 'ms', link ? {} : { goal: 50 });
    figure('  longest task of bare React and xterm.js', median(longest.floor), 'ms');
    figure('  key to its paint, median', median(echo), 'ms');
    figure('  key to its paint, 95 of 100', at(echo, 0.95), 'ms', link ? {} : { goal: 16.7 });
    figure('  Enter of `echo` to its paint, median', median(answers), 'ms');
    figure('  Enter of `docker ps` to its paint, median', median(lists), 'ms');
  }
  for (const { close } of Object.values(served)) close();
}
