import { expect, test } from '../support/app.ts';

test('docker run hello-world prints its message, and the drawing keeps the exited container', async ({ app, page }) => {
  expect(await app.run('docker run hello-world')).toContain('Hello from Docker!');
  await expect(page.getByRole('button', { name: /^Container \w+, exited \(0\), ended well, from hello-world/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Image hello-world:latest/ })).toBeVisible();
  const log = page.getByRole('list', { name: 'API messages' });
  await expect(log.getByRole('button', { name: 'POST /containers/create 404' })).toBeVisible();
  await log.getByRole('button', { name: 'POST /containers/create 201' }).click();
  await expect(page.getByRole('region', { name: /POST .*containers\/create/ })).toContainText('"Image": "hello-world"');
});

test('the very first command runs a container, though the daemons start with it', async ({ page }) => {
  await page.goto('./');
  await page.waitForFunction(() => window.__terminal?.ready);
  await page.keyboard.type('docker run hello-world\n');
  // The end of its message: the beginning has scrolled off.
  await expect.poll(() => page.evaluate(() => window.__terminal!.text()), { timeout: 20_000 }).toContain('docs.docker.com/get-started');
});

test('a web server: run, curl, ps, inspector, preview, logs, rm', async ({ app, page }) => {
  await app.run('docker run -d -p 8080:80 --name web nginx');
  await expect(app.container('web')).toHaveAccessibleName(/running, from nginx/);
  expect(await app.run('curl -s localhost:8080 | grep title')).toContain('<title>Welcome to nginx!</title>');
  expect(await app.run('docker ps')).toMatch(/0\.0\.0\.0:8080->80\/tcp.*web/);

  await app.container('web').click();
  await expect(page.getByRole('tabpanel', { name: 'Processes' })).toContainText('nginx: master process');
  await page.getByRole('tab', { name: 'Addresses' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Addresses' })).toContainText('172.17.0.2');
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Logs' })).toContainText('GET / HTTP/1.1');
  await page.getByRole('button', { name: 'Close web' }).click();

  await page.getByRole('button', { name: /^Host port 8080/ }).click();
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Welcome to nginx!');
  await page.locator('.xterm-helper-textarea').first().focus();
  await app.type('docker logs -f web | grep GET');
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await app.sees(/Drydock preview/);
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.press('Control+c');
  await app.sees(/\$ *$/);

  expect(await app.run('docker rm $(docker ps -aq)')).toContain('container is running');
  await app.run('docker rm -f $(docker ps -aq)');
  await expect(app.container('web')).toHaveCount(0);
});

test('a shell in a container, and one in a running one', async ({ app, page }) => {
  await app.type('docker run -it ubuntu bash');
  await app.sees(/root@[0-9a-f]{12}:\/# *$/);
  await app.type('ps aux');
  await app.sees(/root +1 .*bash/);
  await app.type('ls /');
  await app.sees(/bin.*\betc\b/s);
  await app.run('exit');
  await app.run('docker run -d --name web nginx');
  await app.type('docker exec -it web sh');
  await app.sees(/\n# *$/);
  await app.type('hostname');
  await app.sees(/\n[0-9a-f]{12}\n# *$/);
  await app.run('exit');
  await expect(app.container('web')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Container \w+, exited \(0\).*from ubuntu/ })).toBeVisible();
});

test('Ctrl-C stops a container in the foreground', async ({ app, page }) => {
  await app.type('docker run --name front nginx');
  await app.sees(/start worker process/);
  await expect(app.container('front')).toHaveAccessibleName(/running/);
  await page.keyboard.press('Control+c');
  await app.sees(/\nstudent@node1:~\$ *$/);
  await expect(app.container('front')).toHaveAccessibleName(/exited \(0\)/);
});

test('the API without the client', async ({ app }) => {
  await app.run('docker run -d --name web nginx');
  await app.run('clear');
  const answer = await app.run(
    `curl -s --unix-socket /var/run/docker.sock http://localhost/v1.50/containers/json | jq -c '.[] | {Names, State}'`,
  );
  expect(answer).toContain('{"Names":["/web"],"State":"running"}');
});
