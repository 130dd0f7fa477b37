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

  /** The terminal stands, the stand-in of index.html is gone, and the page is built around it. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(
      () => window.__terminal?.ready && !document.getElementById('early') && document.querySelector('.app-top button'),
    );
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

  /** Lines of the shown terminal's transcript. It keeps what has scrolled off the screen. */
  transcript(): Promise<string[]> {
    return this.page.evaluate(() => {
      const logs = [...document.querySelectorAll<HTMLElement>('[data-transcript]')];
      const shown = logs.find((log) => log.parentElement?.checkVisibility()) ?? logs[0];
      return [...(shown?.children ?? [])].map((line) => line.textContent ?? '');
    });
  }

  /** Runs a command to its end: the prompt is back. Returns its output. */
  async run(line: string, prompt = /^student@node1:[^\n]*\$ ?$/): Promise<string> {
    const before = (await this.transcript()).length - 1;
    await this.type(line);
    let typed = -1;
    await expect
      .poll(
        async () => {
          await this.painted();
          typed = (await this.transcript()).findIndex((shown, at) => at >= before && shown.includes(line));
          return typed >= 0 && prompt.test((await this.screen()).split('\n').at(-1)!.trimEnd());
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    await this.painted();
    return (await this.transcript()).slice(typed + 1).join('\n');
  }

  /** The transcript is written once a frame: what has been answered stands in it after two. */
  private painted(): Promise<void> {
    return this.page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  }

  container(name: string) {
    return this.page.getByRole('button', { name: new RegExp(`^Container ${name}, `) });
  }
}

export const test = base.extend<{ app: App; unreachable: boolean }>({
  /** The test takes the network away: what the browser says of that on its console is no fault of the page. */
  unreachable: [false, { option: true }],
  app: async ({ page, unreachable }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !(unreachable && message.text().startsWith('Failed to load resource'))) errors.push(message.text());
    });
    const app = new App(page);
    await app.open();
    await use(app);
    expect(errors).toEqual([]);
  },
});

export { expect };
