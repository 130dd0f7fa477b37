// The JavaScript that stands between the page and a prompt that takes keys, gzipped, must stay within its budget (KiB).
// The prompt itself is drawn by a script inside index.html; the terminal and the simulator are fetched beside it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

/** Page, its module script and static imports. */
export const promptBudgetKiB = 250;
/** All that the first command's result needs, preloaded parts included. */
export const firstResultBudgetKiB = 330;

function follow(dist, start) {
  const queue = [...start];
  const seen = new Map();
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file)) continue;
    const code = readFileSync(path.join(dist, file), 'utf8');
    seen.set(file, gzipSync(code, { level: 9 }).length);
    for (const m of code.matchAll(/(?:^|[;}\s])import\s*(?:[^'"()]*?from\s*)?["'](\.[^"']+\.js)["']/g))
      queue.push(path.posix.join(path.posix.dirname(file), m[1]));
  }
  return seen;
}

/** File names to gzipped bytes: what the prompt needs, and what is preloaded besides. */
export function initialScripts(dist = path.join(root, 'dist')) {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const modules = [...html.matchAll(/<script\b[^>]*\bsrc="\.?\/?([^"]+\.js)"/g)].map((m) => m[1]);
  const preloads = [...html.matchAll(/<link\b[^>]*\brel="modulepreload"[^>]*\bhref="\.?\/?([^"]+\.js)"/g)].map((m) => m[1]);
  const prompt = follow(dist, modules);
  prompt.set('index.html', gzipSync(html, { level: 9 }).length);
  const rest = new Map([...follow(dist, preloads)].filter(([file]) => !prompt.has(file)));
  return { prompt, rest };
}

const sum = (files) => [...files.values()].reduce((a, b) => a + b, 0) / 1024;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { prompt, rest } = initialScripts();
  for (const [title, files] of [
    ['to the prompt', prompt],
    ['preloaded for the first command', rest],
  ]) {
    for (const [file, bytes] of [...files].sort((a, b) => b[1] - a[1]))
      console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB gz  ${file}`);
    console.log(`${sum(files).toFixed(1).padStart(8)} KiB gz  ${title}`);
  }
  const total = sum(prompt) + sum(rest);
  if (sum(prompt) > promptBudgetKiB || total > firstResultBudgetKiB) {
    console.error(
      `Over budget: ${sum(prompt).toFixed(1)} of ${promptBudgetKiB} KiB to the prompt, ${total.toFixed(1)} of ${firstResultBudgetKiB} KiB in all.`,
    );
    process.exit(1);
  }
}
