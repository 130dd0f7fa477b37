import { defineConfig } from '@playwright/test';
// @ts-expect-error: a plain script, shared with `npm test`
import { findChromium } from './tools/install.mjs';

const port = Number(process.env.E2E_PORT ?? 4273);

export default defineConfig({
  testDir: 'e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // On a machine that others use too a journey may run out of time; one that fails twice is broken.
  retries: 1,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findChromium() as string | undefined, args: ['--no-sandbox'] },
    trace: 'retain-on-failure',
  },
  webServer: {
    // A build that `npm test` has made is taken as it is.
    command: `${process.env.E2E_BUILT ? '' : 'npx vite build --logLevel warn && '}npx vite preview --host 127.0.0.1 --strictPort --port ${port}`,
    port,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
