import { expect, test } from '../support/app.ts';

test("a student's node file is served in the preview", async ({ app, page }) => {
  await app.run(
    `echo "require('http').createServer((q, s) => s.end('<h1>Hello from ' + q.url + '</h1>' + require('os').EOL)).listen(3000)" > server.js`,
  );
  await app.run('docker run -d -p 3000:3000 -v $PWD:/app -w /app node node server.js');
  expect(await app.run('curl localhost:3000/curl')).toContain('<h1>Hello from /curl</h1>');
  await page.getByRole('button', { name: /^Host port 3000/ }).click();
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Hello from /');
});
