// The JavaScript that the first prompt needs, gzipped, must stay within its budget (KiB).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

export const budgetKiB = 250;

/** Files that index.html loads at once: its module script, its modulepreloads, and their static imports. */
export function initialScripts(dist = path.join(root, 'dist')) {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const queue = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((m) => m[1]);
  const seen = new Map();
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file)) continue;
    const code = readFileSync(path.join(dist, file), 'utf8');
    seen.set(file, gzipSync(code, { level: 9 }).length);
    for (const m of code.matchAll(/(?:^|[;}\s])import\s*(?:[^'"()]*?from\s*)?["'](\.[^"']+\.js)["']/g)) queue.push(path.posix.join(path.posix.dirname(file), m[1]));
  }
  return seen;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const files = initialScripts();
  let total = 0;
  for (const [file, bytes] of [...files].sort((a, b) => b[1] - a[1])) {
    total += bytes;
    console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB gz  ${file}`);
  }
  console.log(`${(total / 1024).toFixed(1).padStart(8)} KiB gz  in all, of ${budgetKiB}`);
  if (total > budgetKiB * 1024) {
    console.error(`The initial JavaScript is over its budget of ${budgetKiB} KiB.`);
    process.exit(1);
  }
}
