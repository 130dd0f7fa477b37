/** The little of the WebAssembly interface that is used here: the simulator is compiled without the types of a host. */

declare const module: unique symbol;
/** A compiled module. */
export type WasmModule = { readonly [module]: never };

export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly fuel: { value: number };
  readonly __indirect_function_table: { get(index: number): (...args: number[]) => number };
  readonly [name: string]: unknown;
}

interface WebAssembly {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: WasmExports };
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssembly }).WebAssembly;
