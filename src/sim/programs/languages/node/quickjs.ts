/** QuickJS compiled to WebAssembly: fetched and compiled when the first program needs it, one instance for each process. */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { fetchOnce } from '../../../lib/fetchOnce.ts';

const parts = fetchOnce(async () => {
  const [core, variant, binary] = await Promise.all([
    import('quickjs-emscripten-core'),
    import('@jitl/quickjs-wasmfile-release-sync'),
    import('@jitl/quickjs-wasmfile-release-sync/wasm?module'),
  ]);
  return { core, variant: variant.default, compiled: await binary.default() };
});

/** The part of WebAssembly's interface that is used here; the simulator's own types know no host. */
interface Wasm {
  Instance: new (module: unknown, imports: object) => WasmInstance;
  Memory: new (limits: { initial: number; maximum: number }) => object;
  Module: new (bytes: Uint8Array) => unknown;
  instantiate(module: unknown, imports: object): Promise<WasmInstance>;
}
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
export interface WasmTable {
  grow(by: number): number;
  set(index: number, value: unknown): void;
}
export const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

export interface QuickJs {
  readonly module: QuickJSWASMModule;
  /** The functions that the C code calls by pointer. */
  readonly table: WasmTable;
}

/** Of WebAssembly's memory, bytes; and what the module starts with. */
const PAGE = 65_536;
const START_PAGES = 256;

/** A memory and an interpreter of its own: what a process leaves behind goes with it, and a fault of one is no other's. */
export async function newQuickJs(heapBytes: number): Promise<QuickJs> {
  const { core, variant, compiled } = await parts();
  let table: WasmTable | undefined;
  // The engine's own limit counts allocations and not their bytes in this build; the memory itself has one.
  const memory = new wasm.Memory({ initial: START_PAGES, maximum: START_PAGES + Math.ceil(heapBytes / PAGE) });
  const instantiateWasm = (imports: object, done: (instance: WasmInstance) => void) => {
    void wasm.instantiate(compiled, imports).then((instance) => {
      table = instance.exports.$table as WasmTable;
      done(instance);
    });
    return {};
  };
  const module = await core.newQuickJSWASMModuleFromVariant(
    core.newVariant(variant, { wasmMemory: memory as never, emscriptenModule: { instantiateWasm } as never }),
  );
  return { module, table: table! };
}
