import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { wasmModule } from '../../tools/wasmModule.ts';
import { live, randomSession, type Typed } from '../support/randomSession.ts';

/** The simulator as one module, the same for Node and for the page. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = path.join(root, '.cache', 'replay', 'world.js');
const SEED = 20;

interface Simulator {
  readonly World: {
    create(options: { seed: number }): Typed & { readonly log: unknown };
    replay(log: unknown): Promise<Typed>;
  };
  fingerprint(world: unknown): unknown;
}

test.beforeAll(async () => {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [wasmModule()],
    build: {
      target: 'es2023',
      minify: false,
      outDir: path.dirname(bundle),
      copyPublicDir: false,
      lib: { entry: 'src/sim/world/index.ts', formats: ['es'], fileName: () => 'world.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
});

/** In Node alone: src/node/replay.test.ts. */
test('300 random commands lived through in Node lead to the same state in Chromium', async ({ page }) => {
  test.setTimeout(180_000);
  const { World, fingerprint } = (await import(pathToFileURL(bundle).href)) as Simulator;
  const world = World.create({ seed: SEED });
  await live(world, randomSession(SEED, 300));

  await page.route('**/replay.html', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Replay</title>' }));
  await page.route('**/world.js', (route) => route.fulfill({ contentType: 'text/javascript', path: bundle }));
  await page.goto('replay.html');
  const there = await page.evaluate(
    async ({ log, until }) => {
      const module = '/world.js';
      const { World, fingerprint } = (await import(module)) as Simulator;
      const world = await World.replay(log);
      await world.runFast(() => false, until);
      return fingerprint(world);
    },
    { log: JSON.parse(JSON.stringify(world.log)) as unknown, until: world.now },
  );
  expect(there).toEqual(fingerprint(world));
});
