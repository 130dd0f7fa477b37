/** LEB128, unsigned. */
function leb(value: number): number[] {
  const out: number[] = [];
  do {
    const byte = value & 0x7f;
    value >>>= 7;
    out.push(value > 0 ? byte | 0x80 : byte);
  } while (value > 0);
  return out;
}

const TABLE = 4;
const EXPORT = 7;

/**
 * A WebAssembly module that also gives out its table of functions, as `$table`, and lets it grow: who has an instance can then put a
 * function where the C code takes a pointer to one. A module without a table or with a table that is given out already is left as it is.
 */
export function exportTable(module: Uint8Array): Uint8Array {
  const out: number[][] = [[...module.subarray(0, 8)]];
  let hasTable = false;
  for (let at = 8; at < module.length; ) {
    const id = module[at++];
    const read = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = module[at++];
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const size = read();
    const end = at + size;
    let payload = module.subarray(at, end);
    if (id === TABLE) {
      hasTable = true;
      const count = read();
      const type = module[at++];
      at++;
      if (count === 1) payload = Uint8Array.from([1, type, 0, ...leb(read())]);
    } else if (id === EXPORT && hasTable) {
      const count = read();
      const name = [...'$table'].map((c) => c.charCodeAt(0));
      payload = Uint8Array.from([...leb(count + 1), ...module.subarray(at, end), name.length, ...name, 1, 0]);
    }
    out.push([id, ...leb(payload.length)], [...payload]);
    at = end;
  }
  return Uint8Array.from(out.flat());
}
