import { expect, test } from '../support/app.ts';

test('a pull is drawn as it runs: the registry sends, layers travel, the image takes their place', async ({ app, page }) => {
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
