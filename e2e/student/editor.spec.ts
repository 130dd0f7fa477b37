import { expect, test } from '../support/app.ts';

test('edit FILE opens the editor pane; what is saved is on the machine, and a draft survives a reload', async ({ app, page }) => {
  await app.run("printf 'FROM alpine\\n' > Dockerfile; edit Dockerfile");
  const text = page.getByRole('textbox', { name: 'Text of /home/student/Dockerfile' });
  await expect(text).toContainText('FROM alpine');
  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('RUN apk add curl\n');
  await expect(page.getByText('Not saved')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.locator('.xterm-helper-textarea').first().focus();
  expect(await app.run('cat Dockerfile')).toContain('RUN apk add curl');

  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('CMD ["sh"]');
  await expect(page.getByText('Not saved')).toBeVisible();
  await page.reload();
  await expect(text).toContainText('CMD ["sh"]');

  await page.locator('.xterm-helper-textarea').first().focus();
  await app.run('echo "# changed elsewhere" >> Dockerfile');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('has been changed on the machine');
  await page.getByRole('button', { name: 'Load it again' }).click();
  await expect(text).toContainText('# changed elsewhere');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(text).toBeHidden();
});
