import { expect, it } from 'vitest';
import { exportTable } from './wasmTable.ts';

it('gives out the table of a module, which can grow then', () => {
  // (module (table 2 2 funcref) (export "t" (table 0)))
  const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 4, 5, 1, 0x70, 1, 2, 2, 7, 5, 1, 1, 0x74, 1, 0);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(exportTable(bytes))));
  const table = exports.$table as WebAssembly.Table;
  expect([table === exports.t, table.grow(1), table.length]).toEqual([true, 2, 3]);
});

it('leaves a module without a table as it is', () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  expect(exportTable(empty)).toEqual(empty);
});
