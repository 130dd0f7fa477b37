import type { BrowserContext, Page } from '@playwright/test';
import { App, expect, test } from '../support/app.ts';

async function another(context: BrowserContext): Promise<App> {
  const app = new App(await context.newPage());
  await app.open();
  return app;
}

const startOver = async ({ page }: { page: Page }) => {
  await page.bringToFront();
  const epoch = await page.locator('.term-body').getAttribute('data-epoch');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.locator('.term-body')).not.toHaveAttribute('data-epoch', epoch ?? '');
};
const bringItBack = async (app: App) => {
  await app.page.bringToFront();
  await app.page.getByRole('button', { name: 'Bring it back' }).click();
};
/** A command in the session that is there by then. */
const run = async (app: App, line: string) => {
  await app.page.bringToFront();
  await app.sees(/\$ *$/);
  await app.page.locator('.xterm-helper-textarea').first().focus();
  return app.run(line);
};

test('a double click on Start over loses nothing: the session that comes back is the one with work in it', async ({ app, page }) => {
  await app.run('echo precious > p');
  await page.getByRole('button', { name: 'Start over' }).dblclick();
  expect(await run(app, 'cat p')).toContain('No such file');
  await bringItBack(app);
  await app.sees(/echo precious/);
  expect(await run(app, 'cat p')).toBe('precious');
});

test('two tabs start over, and each brings its own session back', async ({ app, context }) => {
  const b = await another(context);
  await run(app, 'echo work of A > a');
  await run(b, 'echo work of B > b');
  await startOver(app);
  await startOver(b);
  await bringItBack(app);
  await app.sees(/echo work of A/);
  expect(await run(app, 'cat a b')).toMatch(/^work of A\ncat: b: No such file/);
  await bringItBack(b);
  await b.sees(/echo work of B/);
  expect(await run(b, 'cat a b')).toMatch(/^cat: a: No such file.*\nwork of B/);
});

test('what is left for an earlier session is kept too, also over a reload', async ({ app, page }) => {
  await app.run('echo one > n');
  await startOver(app);
  await run(app, 'echo two > n');
  await bringItBack(app);
  await app.sees(/echo one/);
  await expect(page.getByText('The earlier session is back. The one before it is kept.')).toBeVisible();
  await page.reload();
  await app.ready();
  await page.getByText('Earlier sessions (1)').click();
  await expect(page.getByText('1 line typed')).toBeVisible();
  await page.getByRole('button', { name: /^Bring back the session of/ }).click();
  await app.sees(/echo two/);
  expect(await run(app, 'cat n')).toBe('two');
});

test('a session that another tab has is not opened twice', async ({ app, page, context }) => {
  await app.run('echo mine > m');
  await startOver(app);
  const b = await another(context);
  await b.page.getByText('Earlier sessions (1)').click();
  await b.page.getByRole('button', { name: /^Bring back the session of/ }).click();
  await b.sees(/echo mine/);
  await bringItBack(app);
  await expect(page.getByText('That session is open in another tab of this browser.')).toBeVisible();
  await page.getByText('Earlier sessions (1)').click();
  await expect(page.getByText('Open in another tab', { exact: true })).toBeVisible();
  expect(await run(app, 'cat m')).toContain('No such file');
});

test('the session of a tab that was closed can be brought back in another; one that nobody touched leaves nothing', async ({
  app,
  page,
  context,
}) => {
  await app.run('true');
  const b = await another(context);
  await run(b, 'echo left behind > l');
  await b.page.close();
  const c = await another(context);
  await c.page.close();
  await page.bringToFront();
  await page.reload();
  await app.ready();
  await page.getByText('Earlier sessions (1)').click();
  await page.getByRole('button', { name: /^Bring back the session of/ }).click();
  await app.sees(/echo left behind/);
  expect(await run(app, 'cat l')).toBe('left behind');
});

test('a session that this version cannot read is kept with that mark, and a fresh machine begins', async ({ app, page }) => {
  await app.run('echo old > o');
  await page.evaluate(() => {
    const id = localStorage.getItem('drydock.session')!;
    // As a later version would have written it.
    addEventListener('pagehide', () =>
      localStorage.setItem(
        `drydock.tail.${id}`,
        JSON.stringify({ header: { format: 99 }, from: 0, entries: Array.from({ length: 999 }, () => ({ at: 0, kind: 'keys' })) }),
      ),
    );
  });
  await page.reload();
  await app.sees(/\$ *$/);
  await expect(page.getByRole('status').filter({ hasText: 'The session could not be brought back' })).toBeVisible();
  await page.getByText('Earlier sessions (1)').click();
  await expect(page.getByText('This version could not read it.')).toBeVisible();
  await run(app, 'echo new > n');
  await page.getByRole('button', { name: /^Bring back the session of/ }).click();
  await expect(page.getByText(/format 99/).first()).toBeVisible();
  expect(await run(app, 'cat n')).toBe('new');
});

test('a browser that forbids its storage still gives a machine, and the page says that nothing is kept', async ({ browser }) => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
  const app = new App(page);
  await app.open();
  await expect(page.getByRole('status').filter({ hasText: 'This browser keeps no data' })).toBeVisible();
  expect(await app.run('echo on')).toBe('on');
  await startOver(app);
  expect(await run(app, 'echo again')).toBe('again');
  await page.close();
});

test('a full small storage: the log goes to the database alone, and a reload brings all back', async ({ app, page }) => {
  await page.evaluate(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (key.startsWith('drydock.tail.')) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, key, value);
    };
  });
  await app.run('echo much > m');
  await expect(page.getByText('This browser keeps no data')).toHaveCount(0);
  await page.waitForTimeout(300);
  await page.reload();
  await app.ready();
  expect(await run(app, 'cat m')).toBe('much');
});

test('a session that takes long to come back says so, and a fresh machine can be had instead', async ({ app, page }) => {
  await app.type(':(){ :|:& };:');
  await page.waitForTimeout(4000);
  // The bomb goes on, as on a real machine; a replay lasts until the last key.
  await page.keyboard.press('Control+c');
  await page.reload();
  await page.getByRole('button', { name: 'Use a fresh machine instead' }).click({ timeout: 30_000 });
  await expect(page.getByText('A fresh machine. The session before is kept.')).toBeVisible();
  expect(await run(app, 'echo calm')).toBe('calm');
});
