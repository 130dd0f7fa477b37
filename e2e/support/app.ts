import { existsSync } from 'node:fs';
import { test as base, expect, type Page } from '@playwright/test';

/** The app as a student uses it: keys in, the screen's text out. */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('./');
    await this.ready();
  }

  /** The terminal itself stands, and the stand-in of index.html is gone. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => window.__terminal?.ready && !document.getElementById('early'));
    await this.sees(/\$ *$/);
  }

  screen(): Promise<string> {
    return this.page.evaluate(() => window.__terminal!.text().trimEnd());
  }

  async sees(what: RegExp | string): Promise<void> {
    await expect.poll(() => this.screen(), { timeout: 20_000 }).toMatch(what);
  }

  /** Types a line and Enter, as keys. */
  async type(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Runs a command to its end: the prompt is back. Returns what stands between the command and the prompt. */
  async run(line: string, prompt = /^student@node1:[^\n]*\$ ?$/): Promise<string> {
    const marker = line.slice(0, 18); // a narrow screen wraps what follows
    await this.type(line);
    await expect
      .poll(
        async () => {
          const lines = (await this.screen()).split('\n');
          return lines.some((text) => text.includes(marker)) && prompt.test(lines.at(-1)!.trimEnd());
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    const text = await this.screen();
    const after = text.slice(text.lastIndexOf(marker), text.lastIndexOf('\n'));
    return after.slice(after.indexOf('\n') + 1).trim();
  }

  container(name: string) {
    return this.page.getByRole('button', { name: new RegExp(`^Container ${name}, `) });
  }
}

export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const app = new App(page);
    await app.open();
    await use(app);
    expect(errors).toEqual([]);
  },
});

export { expect };

/** The docker client is written after the engine; what needs it waits for it, and says so. */
export const clientIsMissing = !existsSync('src/sim/client/docker.ts');
export const clientReason = 'the docker client is not built yet';
