import { expect, test } from '../support/app.ts';

test('keys typed before anything has loaded are not lost', async ({ page, browserName: _ }) => {
  // The scripts come late: the stand-in takes the keys.
  await page.route('**/assets/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  await page.waitForFunction(() => window.__terminal?.ready);
  await page.keyboard.type('echo early bird');
  expect(await page.evaluate(() => window.__terminal!.text())).toContain('$ echo early bird');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => window.__terminal!.text())).toMatch(/\nearly bird\n/);
});

test('a second terminal works on the same machine', async ({ app, page }) => {
  await app.run('echo one > shared');
  await page.getByRole('button', { name: 'New terminal on node1' }).click();
  await expect(page.getByRole('tab', { name: 'node1 (2)' })).toHaveAttribute('aria-selected', 'true');
  await app.sees(/\$ *$/);
  expect(await app.run('cat shared')).toBe('one');
  await page.getByRole('button', { name: 'Close node1 (2)' }).click();
  await app.sees(/echo one > shared/);
});

test('a chip types a command and does not run it', async ({ app, page }) => {
  await page.getByRole('button', { name: 'docker version', exact: true }).click();
  await app.sees(/\$ docker version *$/);
});

test('Esc, then Tab leaves the terminal, and its head says so', async ({ app, page }) => {
  await expect(page.getByText('Esc, then Tab leaves the terminal')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className.includes('xterm'))).toBe(false);
  expect(await app.screen()).not.toContain('Display all');
  await page.locator('.xterm-helper-textarea').first().focus();
  expect(await app.run('date +%Y')).toMatch(/^2026/m);
});

test('the transcript holds each command and its output', async ({ app, page }) => {
  await app.run('echo for the ears');
  await expect(page.getByRole('log', { name: 'Terminal transcript' })).toContainText('student@node1:~$ echo for the ears');
  await expect(page.getByRole('log', { name: 'Terminal transcript' }).getByText('for the ears', { exact: true })).toBeAttached();
});

test('search finds a word on the screen and says when there is none', async ({ app, page }) => {
  await app.run('echo needle in a haystack');
  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('textbox', { name: 'Find in the terminal' }).fill('needle');
  await expect(page.getByText('No match')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Find in the terminal' }).fill('thimble');
  await expect(page.getByText('No match')).toBeVisible();
});

test('the same facts as a table', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  await page.getByRole('button', { name: 'As a table' }).click();
  await expect(page.getByRole('row', { name: /container web running/ })).toBeVisible();
});

test('time stands still while paused, and a key starts it again', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Pause time' }).click();
  await expect(page.getByRole('button', { name: 'Go to live' })).toBeVisible();
  await page.locator('.xterm-helper-textarea').first().focus();
  await app.run('echo on');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('sizes of panes survive a reload', async ({ app, page }) => {
  const splitter = page.getByRole('separator', { name: 'Width of the panel' });
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', '352');
  await page.reload();
  await app.ready();
  await expect(page.getByRole('separator', { name: 'Width of the panel' })).toHaveAttribute('aria-valuenow', '352');
});

test('a phone shows one pane at a time, with the keys that a touch keyboard lacks', async ({ app, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByRole('toolbar', { name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Architecture' })).toBeHidden();
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type('sleep 100');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ctrl' }).click();
  await page.keyboard.type('c');
  await app.sees(/\^C\nstudent@node1:~\$ *$/);
  await page.getByRole('button', { name: 'Diagram', exact: true }).click();
  await expect(page.getByText('dockerd')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
