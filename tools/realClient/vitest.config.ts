/** `npm run test:client`: the tables of src/sim/client/commands, with docker 28.2.2 (which must be in PATH) in place of ours. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: path.join(here, '../..'),
  plugins: [
    {
      name: 'real-client',
      enforce: 'pre',
      resolveId: (source) => (source.endsWith('/testing/play.ts') ? path.join(here, 'play.ts') : undefined),
    },
  ],
  test: {
    include: ['src/sim/client/commands/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    testTimeout: 20_000,
    // Which of several names is told as the failed one is a race in docker itself.
    retry: 5,
  },
});
