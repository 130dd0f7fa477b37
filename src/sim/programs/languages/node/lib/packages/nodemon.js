#!/usr/bin/env node
// Runs a program, and again when a file of it has changed.
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const say = (color, text) => console.log(process.stdout.isTTY ? `\x1b[${color}m[nodemon] ${text}\x1b[39m` : `[nodemon] ${text}`);
const args = process.argv.slice(2);
const EXT = ['.js', '.mjs', '.cjs', '.json'];
let script = args.find((a) => !a.startsWith('-'));
if (!script) {
  try {
    script = JSON.parse(fs.readFileSync('package.json', 'utf8')).main;
  } catch {}
  script ??= 'index.js';
}
const stamp = () => {
  let last = 0;
  const walk = (dir) => {
    for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
      if (e.name === 'node_modules' || e.name.startsWith('.')) continue;
      const at = path.join(dir, e.name);
      if (e.isDirectory()) walk(at);
      else if (EXT.includes(path.extname(at))) last = Math.max(last, fs.statSync(at).mtimeMs);
    }
  };
  walk('.');
  return last;
};
say(33, '3.1.10');
say(33, 'to restart at any time, enter `rs`');
say(33, 'watching path(s): *.*');
say(33, 'watching extensions: js,mjs,cjs,json');
let child;
const start = () => {
  say(32, `starting \`node ${[script, ...args.filter((a) => a !== script)].join(' ')}\``);
  child = spawn('node', [script], { stdio: 'inherit' });
  const own = child;
  own.on('exit', (code, signal) => {
    if (own !== child || signal) return;
    if (code === 0) say(32, 'clean exit - waiting for changes before restart');
    else say(31, 'app crashed - waiting for file changes before starting...');
  });
};
start();
let seen = stamp();
setInterval(() => {
  const now = stamp();
  if (now === seen) return;
  seen = now;
  say(32, 'restarting due to changes...');
  const old = child;
  child = undefined;
  if (old.exitCode === null && old.signalCode === null) {
    old.on('exit', start);
    old.kill('SIGTERM');
  } else start();
}, 1000);
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    child?.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
