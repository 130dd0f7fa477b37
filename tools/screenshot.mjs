// `npm run screenshot`: docs/screenshot.png, the picture of the README, from the built app in a real Chromium.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium, installChromium, root, run } from './install.mjs';

installChromium();
run('npx', ['vite', 'build', '--logLevel', 'warn']);
const port = 4287;
const server = spawn('node', ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--strictPort', '--port', String(port)], {
  cwd: root,
  stdio: 'ignore',
});
try {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      break;
    } catch (error) {
      if (tries > 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  await page.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
  for (const command of ['docker run -d -p 8080:80 --name web nginx', 'docker ps', 'curl -s localhost:8080 | grep title']) {
    await page.keyboard.type(`${command}\n`);
    await page.waitForFunction(() => /\$ *$/.test(window.__terminal.text().trimEnd()), null, { timeout: 30_000 });
  }
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(root, 'docs', 'screenshot.png') });
  await browser.close();
} finally {
  server.kill();
}
