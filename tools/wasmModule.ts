import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { exportTable } from './wasmTable.ts';

/** Marks such a module: no path of its own, or a test runner would load the file as Node does. */
const PREFIX = '\0wasm-module:';

/**
 * `import compile from 'x.wasm?module'`: a function that answers with the compiled module. A page fetches the file from where it came
 * from itself; Node and the tests have its bytes in their own bundle.
 */
export function wasmModule(): Plugin {
  return {
    name: 'drydock-wasm-module',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith('wasm?module')) return null;
      const found = await this.resolve(id.replace('?module', ''), importer, { skipSelf: true });
      return found && PREFIX + found.id.replace(/\?.*$/, '');
    },
    load(id, options) {
      if (!id.startsWith(PREFIX)) return null;
      const path = id.slice(PREFIX.length);
      const source = Buffer.from(exportTable(readFileSync(path)));
      if (options?.ssr || this.environment?.mode === 'dev') {
        const bytes = `Uint8Array.from(atob(${JSON.stringify(source.toString('base64'))}), (c) => c.charCodeAt(0))`;
        return { code: `export default () => WebAssembly.compile(${bytes});`, moduleType: 'js' };
      }
      const name = path.slice(path.lastIndexOf('/') + 1);
      const file = this.emitFile({ type: 'asset', name, source });
      return {
        code: `export default async () => WebAssembly.compile(await (await fetch(import.meta.ROLLUP_FILE_URL_${file})).arrayBuffer());`,
        moduleType: 'js',
      };
    },
  };
}
