import { defineConfig } from 'vite';
import { wasmModule } from './tools/wasmModule.ts';

/** The two doors besides the browser (`serve`, `headless`), as one file for Node. */
export default defineConfig({
  plugins: [wasmModule()],
  build: {
    ssr: 'src/node/main.ts',
    outDir: 'dist-node',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'drydock.js', codeSplitting: false } },
  },
  ssr: { noExternal: true, external: ['node-pty'] },
});
