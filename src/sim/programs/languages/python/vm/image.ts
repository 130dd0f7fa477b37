/** The compiled MicroPython, fetched when a script first runs. tools/micropython/build.mjs makes the file. */
import { decodeBase64 } from '../../../../lib/base64.ts';
import { fetchOnce } from '../../../../lib/fetchOnce.ts';
import { gunzip } from '../../../../lib/gzip.ts';
import { type WasmModule, webAssembly } from './webAssembly.ts';

export const image: () => WasmModule | Promise<WasmModule> = fetchOnce(async () => {
  const { default: url } = await import('./micropython.wasm.gz?url&inline');
  return await webAssembly.compile(gunzip(decodeBase64(url.slice(url.indexOf(',') + 1))!));
});
