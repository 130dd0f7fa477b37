import { defineConfig } from 'vitest/config';
import { wasmModule } from './tools/wasmModule.ts';

const commands = 'src/sim/client/commands/**/*.test.ts';

export default defineConfig({
  plugins: [wasmModule()],
  test: {
    environment: 'node',
    pool: 'threads',
    testTimeout: 20_000,
    server: { deps: { inline: [/wasm-module:/] } },
    projects: [
      { extends: true, test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tools/**/*.test.ts'], exclude: [commands] } },
      // Small tables that all run the whole client: it is loaded once for all of them.
      { extends: true, test: { name: 'docker', include: [commands], isolate: false } },
    ],
  },
});
