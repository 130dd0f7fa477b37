import { expect, test } from '../support/app.ts';

test('what a change of sessions leaves to be said lies over nothing', async ({ app, page }) => {
  await app.run('echo work');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.getByRole('button', { name: 'Start over' }).click();
  const notice = (await page.getByRole('status').filter({ hasText: 'A fresh machine' }).boundingBox())!;
  for (const covered of [page.locator('.app-top'), page.locator('#pane-terminal'), page.locator('#pane-diagram')]) {
    const box = (await covered.boundingBox())!;
    expect(box.y + box.height <= notice.y + 0.5 || box.y >= notice.y + notice.height - 0.5).toBe(true);
  }
});

test('a terminal at its end stays there when the page gets another size', async ({ app, page }) => {
  await app.run('for i in $(seq 60); do echo "line $i of a list that is broken anew where it has less room than it had before this"; done');
  for (const [width, height] of [
    [900, 700],
    [390, 844],
    [900, 700],
    [1920, 1000],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect
      .poll(() =>
        page.evaluate(() => {
          const body = document.querySelector('.term-body')!.getBoundingClientRect();
          const cursor = document.querySelector('.xterm-cursor')?.getBoundingClientRect();
          return cursor !== undefined && cursor.bottom <= body.bottom && cursor.top >= body.top;
        }),
      )
      .toBe(true);
    await app.sees(/\$ *$/);
  }
});

test('chips and the things to try wait while a program has the terminal, and say why', async ({ app, page }) => {
  await app.type('nano x.txt');
  await app.sees(/GNU nano/);
  const chip = page.getByRole('button', { name: 'docker version', exact: true });
  await expect(chip).toBeDisabled();
  await expect(chip).toHaveAccessibleDescription('Commands wait until the prompt is back.');
  await expect(page.getByRole('button', { name: /^1?docker run hello-world/ }).first()).toBeDisabled();
  await chip.click({ force: true });
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type('abc');
  await app.sees(/^abc *$/m);
  expect(await app.screen()).not.toContain('docker version');
  await page.keyboard.press('Control+x');
  await page.keyboard.type('n');
  await app.sees(/\$ *$/);
  await expect(chip).toBeEnabled();
  await chip.click();
  await app.sees(/\$ docker version *$/);
});

test('an open preview comes back with a reload, at the page where it was', async ({ app, page }) => {
  await app.run('docker run -d -p 8080:80 --name web nginx');
  await app.run(`docker exec web sh -c 'echo "<h1>Two</h1>" > /usr/share/nginx/html/two.html'`);
  await page.getByRole('button', { name: /^Host port 8080/ }).click();
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Welcome to nginx!');
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('localhost:8080/two.html');
  await address.press('Enter');
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Two');
  await page.reload();
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Two');
  await expect(address).toHaveValue('http://localhost:8080/two.html');
  await page.getByRole('button', { name: 'Close the preview' }).click();
  await page.reload();
  await app.ready();
  await expect(page.getByText('API messages').first()).toBeVisible();
  await expect(address).toHaveCount(0);
});

for (const scheme of ['dark', 'light'] as const) {
  test(`reverse video has full contrast, ${scheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await app.run(`printf '\\033[7mplain\\033[0m \\033[7;1mbold\\033[0m\\n'`);
    const css = (name: string) =>
      page.evaluate((colour) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(--color-${colour})`;
        const value = getComputedStyle(probe).color;
        probe.remove();
        return value;
      }, name);
    const drawn = (text: string) =>
      page.evaluate((what) => {
        const cell = [...document.querySelectorAll('.xterm-rows span')].find((span) => span.textContent === what)!;
        const { color, backgroundColor } = getComputedStyle(cell);
        return [color, backgroundColor];
      }, text);
    const expected = [await css('s1'), await css('ink')];
    expect([await drawn('plain'), await drawn('bold')]).toEqual([expected, expected]);
  });
}

test('the editor notices by itself that its file was changed on the machine, and offers the newer text', async ({ app, page }) => {
  await app.run('echo first > notes.txt; edit notes.txt');
  const text = page.getByRole('textbox', { name: 'Text of /home/student/notes.txt' });
  await expect(text).toContainText('first');
  await page.keyboard.type('mine ');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.waitForTimeout(600);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.locator('.xterm-helper-textarea').first().focus();
  await app.run('echo changed > notes.txt');
  await expect(page.getByRole('alert')).toContainText('has been changed on the machine');
  await expect(page.getByText('Saved', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Load it again' }).click();
  await expect(text).toHaveText('changed');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('how to leave the terminal is not cut in a narrow head', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.getByRole('button', { name: 'New terminal on node1' }).click();
  await app.sees(/\$ *$/);
  const hint = page.getByText('Esc, then Tab leaves', { exact: true });
  await expect(hint).toBeVisible();
  const { box, cut } = await hint.evaluate((e) => ({
    box: e.getBoundingClientRect().toJSON() as DOMRect,
    cut: e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight,
  }));
  const head = (await page.locator('#pane-terminal .pane-head').boundingBox())!;
  expect({ cut, inside: box.y >= head.y && box.y + box.height <= head.y + head.height }).toEqual({ cut: false, inside: true });
});
