/** See tools/wasmModule.ts. */
declare module '*/wasm?module' {
  const compile: () => Promise<unknown>;
  export default compile;
}
