import { expect, test } from '../support/app.ts';

test('a reload in the middle of an interactive shell brings back all of it', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  await app.type('docker run -it --name box ubuntu bash');
  await app.sees(/root@[0-9a-f]{12}:\/# *$/);
  await app.type('cd /tmp && echo kept > note');
  await app.sees(/:\/tmp# *$/);
  await page.keyboard.type('cat no');
  await app.sees(/cat no$/);
  const before = await app.screen();
  await page.reload();
  await page.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
  await expect.poll(() => app.screen()).toBe(before);
  await app.type('te');
  await app.sees(/\nkept\n/);
  await expect(app.container('web')).toHaveAccessibleName(/running/);
  await expect(app.container('box')).toHaveAccessibleName(/running/);
});

test('keys typed right before a reload are not lost', async ({ app, page }) => {
  await page.keyboard.type('echo last words');
  await page.keyboard.press('Enter');
  await page.reload();
  await page.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
  await app.sees(/\nlast words\n/);
});

test('Start over gives a fresh machine, and the way back brings the old one', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  await page.getByRole('button', { name: 'Start over' }).click();
  await app.sees(/^Drydock: a simulated Docker Engine/);
  await expect(app.container('web')).toHaveCount(0);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(app.container('web')).toHaveAccessibleName(/running/);
  await expect.poll(async () => (await app.transcript()).join('\n')).toContain('docker run -d --name web nginx');
});

test('a second tab has a machine of its own, and says so', async ({ app, page, context }) => {
  await app.run('touch mine');
  const other = await context.newPage();
  await other.goto('./');
  await other.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
  await expect(other.getByText('Another tab holds your session.')).toBeVisible();
  await other.keyboard.type('ls mine\n');
  await expect.poll(() => other.evaluate(() => window.__terminal!.text())).toContain("cannot access 'mine'");
  await other.close();
  expect(await page.evaluate(() => localStorage.getItem('drydock.session'))).not.toBeNull();
});
