/** QuickJS compiled to WebAssembly: fetched and compiled when the first program needs it, one instance for each process. */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { fetchOnce } from '../../../lib/fetchOnce.ts';

const parts = fetchOnce(async () => {
  const [core, variant, wasm] = await Promise.all([
    import('quickjs-emscripten-core'),
    import('@jitl/quickjs-wasmfile-release-sync'),
    import('@jitl/quickjs-wasmfile-release-sync/wasm?module'),
  ]);
  return { core, variant: variant.default, wasm: await wasm.default() };
});

/** A memory and an interpreter of its own: what a process leaves behind goes with it, and a fault of one is no other's. */
export async function newQuickJs(): Promise<QuickJSWASMModule> {
  const { core, variant, wasm } = await parts();
  return core.newQuickJSWASMModuleFromVariant(core.newVariant(variant, { wasmModule: wasm as never }));
}
