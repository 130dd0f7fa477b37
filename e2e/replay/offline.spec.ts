/** Parts of the page that cannot be fetched: its network is gone, or its files are (an old tab after a deploy). */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';

test.use({ unreachable: true });

const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'could not be fetched' });

test('offline, the machine waits for the parts that it lacks: nothing fails, nothing is forgotten', async ({ app, page }) => {
  await app.run('cd /tmp');
  await page.context().setOffline(true);
  await app.type('seq 3 | awk 1 > out; echo rc=$?');
  await expect(notice(page)).toContainText('The machine waits');
  await page.keyboard.type('cat out');
  await notice(page).getByRole('button', { name: 'Retry' }).click();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.context().setOffline(false);
  await expect(notice(page)).toBeHidden();
  await app.sees(/rc=0\n[^\n]*\$ cat out$/);
  await page.keyboard.press('Enter');
  await app.sees(/\$ cat out\n1\n2\n3\n[^\n]*\$ *$/);
  expect(await app.run('docker pull -q alpine')).toMatch(/^docker\.io\/library\/alpine:latest/);
  const before = await app.screen();

  await page.reload();
  await page.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
  await expect.poll(() => app.screen()).toBe(before);
});

test('parts of the page itself are fetched again too: the drawing with its styles, the editor', async ({ page }) => {
  const lost = /assets\/(Architecture|FileEditor)-/;
  let down = true;
  await page.route(lost, (route) => (down ? route.abort() : route.continue()));
  await page.goto('./');
  await expect(notice(page)).toContainText('It is tried again by itself');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('edit note.txt\n');
  await expect(page.getByRole('tab', { name: 'note.txt' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  down = false;
  await notice(page).getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of /home/student/note.txt' })).toBeVisible();
  await page.getByRole('tab', { name: 'Architecture' }).click();
  await expect(page.getByRole('img', { name: 'Registry Docker Hub, idle.' })).toBeVisible();
  await expect(notice(page)).toBeHidden();
  // Without its styles the pane of React Flow has no height.
  expect(await page.locator('.react-flow').evaluate((pane) => getComputedStyle(pane).overflow)).toBe('hidden');
});

test('a registry that is a lazy part itself is waited for too', async ({ app, page }) => {
  await app.run('docker version');
  await page.context().setOffline(true);
  await app.type('docker pull -q alpine');
  await expect(notice(page)).toBeVisible();
  await page.context().setOffline(false);
  await app.sees(/\ndocker\.io\/library\/alpine:latest\n[^\n]*\$ *$/);
});

test('Ctrl-C gives up what waits for a part; a reload without that part brings the session back when it has come', async ({
  app,
  page,
}) => {
  await page.context().route(/\/jq-[^/]*\.js$/, (route) => route.abort());
  await app.type('jq -n 1');
  await expect(notice(page)).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(notice(page)).toBeHidden();
  await app.sees(/\^C\n[^\n]*\$ *$/);
  expect(await app.run('echo still here')).toMatch(/^still here/);
  const before = await app.screen();

  await page.reload();
  await expect(notice(page)).toBeVisible();
  await page.context().unrouteAll();
  await notice(page).getByRole('button', { name: 'Retry' }).click();
  await expect(notice(page)).toBeHidden();
  await expect.poll(() => app.screen()).toBe(before);
});
