import { expect, test } from '../support/app.ts';

test('a pull is drawn as it runs: the registry sends, layers travel, the image takes their place', async ({ app, page }) => {
  // What is told are changes of a drawing that is there.
  await expect(page.getByRole('img', { name: 'Registry Docker Hub, idle.' })).toBeVisible();
  await app.type('docker pull python');
  await expect(page.getByRole('img', { name: /^Registry Docker Hub, sends python, layer \d of 7/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Image python:latest is on its way from docker\.io: layer/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Image python:latest, 1\.11 GB, 7 layers/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: 'Registry Docker Hub, idle.' })).toBeVisible();
  await expect(page.getByText('The daemon pulls python:latest.')).toBeAttached();
});

test('what is not there is not read out: no ghosts, no ids, one sentence a thing', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  await expect(app.container('web')).toHaveAccessibleName(/at 172\.17\.0\.2 on bridge/);
  const drawing = page.getByRole('tabpanel', { name: 'Architecture' });
  await expect.poll(() => drawing.ariaSnapshot()).not.toMatch(/No images|No containers|Edge from|[0-9a-f]{64}/);
});

test('at 200 % zoom there is one pane at a time, and nothing lies over anything', async ({ app, page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await app.run('docker run -d -p 8080:80 --name web nginx');
  const terminal = await page.locator('#pane-terminal').boundingBox();
  expect(terminal!.height).toBeGreaterThan(250);
  await page.getByRole('button', { name: 'Diagram', exact: true }).click();
  await expect(page.locator('#pane-terminal')).toBeHidden();
  const port = await page.getByRole('button', { name: /^Host port 8080/ }).boundingBox();
  const log = await page.getByRole('button', { name: /^API messages/ }).boundingBox();
  expect(port!.y + port!.height).toBeLessThanOrEqual(log!.y);
  const registry = await page.getByRole('img', { name: /^Registry/ }).boundingBox();
  expect(registry!.x + registry!.width).toBeLessThanOrEqual(720);
});

test('a container and the calls about it are seen together; when it goes, its name stays', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  await app.container('web').click();
  await expect(page.getByRole('tab', { name: 'Processes' })).toBeVisible();
  await page.locator('.xterm-helper-textarea').first().focus();
  await app.run('docker rm -f web');
  await expect(page.getByRole('button', { name: /^API messages DELETE \/containers\/web 204/ })).toBeVisible();
  await expect(page.getByText('web has been removed.')).toBeVisible();
});

test('Esc closes what was opened and gives the focus back, but not while it is the terminal’s', async ({ app, page }) => {
  await app.run('docker run -d --name web nginx');
  const row = page.getByRole('button', { name: /^POST \/containers\/create 201 created/ });
  const all = page.getByRole('button', { name: 'All messages' });
  await row.click();
  await expect(all).toBeFocused();
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.press('Escape');
  await expect(all).toBeVisible();
  await all.focus();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
  await app.container('web').click();
  await expect(page.getByRole('button', { name: 'Close web' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(app.container('web')).toBeFocused();
});

test('an interrupted pull is told as that, in the list, in its details and on the timeline', async ({ app, page }) => {
  await app.type('docker pull python');
  await expect(page.getByRole('button', { name: /^POST \/images\/create 200 in flight/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^pull python at .*, in flight$/ })).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(page.getByRole('button', { name: /^pull python at .*, cancelled$/ })).toBeVisible();
  await page.getByRole('button', { name: /^POST \/images\/create 200 client hung up/ }).click();
  await expect(page.getByText('The client hung up before the answer was whole.')).toBeVisible();
});

test('a card tells what its container has written, as it writes', async ({ app }) => {
  await app.run('docker run -d --name web nginx');
  await app.run('docker exec web sh -c "head -c 5000000 /dev/zero > /big"');
  await expect(app.container('web')).toContainText('writable, 5 MB');
  await app.run('docker exec web rm /big');
  await expect(app.container('web')).toContainText('writable, 1.07 kB');
});

test('until the drawing’s code is there, its places are', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/Architecture-[^/]*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./');
  const places = () =>
    page.evaluate(() =>
      ['client', 'daemon', 'registry:docker.io', 'empty:containers'].map((id) => {
        const { x, y, width, height } = document.querySelector(`[data-waiting="${id}"], [data-shape="${id}"]`)!.getBoundingClientRect();
        return [id, x, y, width, height];
      }),
    );
  await expect(page.getByText('Drawing the machine')).toBeVisible();
  await expect(page.getByRole('button', { name: 'As a table' })).toBeVisible();
  // The daemon has started: its first network takes room.
  await expect(page.locator('[data-waiting^="network:"]')).toBeVisible();
  const waiting = await places();
  release();
  await expect(page.getByText('Drawing the machine')).toBeHidden();
  await expect(page.locator('[data-shape="daemon"]')).toBeVisible();
  // What comes in grows by 3 % as it fades in.
  await page.waitForTimeout(400);
  expect(await places()).toEqual(waiting);
});
