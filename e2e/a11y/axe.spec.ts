import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/app.ts';

const screens: readonly (readonly [name: string, width: number, height: number])[] = [
  ['desk', 1440, 900],
  ['tablet', 900, 1000],
  ['phone', 390, 844],
];

for (const scheme of ['dark', 'light'] as const) {
  for (const [name, width, height] of screens) {
    test(`no findings on the ${name}, ${scheme}: first screen, a container opened, the table`, async ({ app, page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      const findings = async () =>
        (await new AxeBuilder({ page }).analyze()).violations.map(
          (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
        );
      expect(await findings()).toEqual([]);
      await app.run('docker run -d -p 8080:80 --name web nginx');
      if (name === 'phone') await page.getByRole('button', { name: 'Diagram', exact: true }).click();
      await app.container('web').click();
      await expect(page.getByRole('tab', { name: 'Processes' })).toBeVisible();
      expect(await findings()).toEqual([]);
      await page.getByRole('button', { name: 'As a table' }).click();
      expect(await findings()).toEqual([]);
    });
  }
}
