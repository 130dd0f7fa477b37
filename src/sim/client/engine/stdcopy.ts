/** Docker's multiplexed stream: frames of an 8-byte header (kind, three zeros, length big-endian) and data. */
import type { Sim } from '../../kernel/sim.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { HttpError, StreamReader } from '../../net/http/duplex.ts';
import { CliError } from '../cli/errors.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const SYSTEM_ERROR = 3;

export interface Outputs {
  out(data: Uint8Array): Sim<void>;
  err(data: Uint8Array): Sim<void>;
}

/** Splits `source` until it ends. A frame that is cut off is dropped without a word, as stdcopy.StdCopy does. */
export function* demultiplex(source: { read(): Sim<Uint8Array | null> }, outputs: Outputs): Sim<void> {
  const reader = new StreamReader(source);
  for (;;) {
    const header = yield* whole(reader, 8);
    if (!header) return;
    const length = ((header[4] << 24) | (header[5] << 16) | (header[6] << 8) | header[7]) >>> 0;
    const data = yield* whole(reader, length);
    if (!data) return;
    if (header[0] === STDIN || header[0] === STDOUT) yield* outputs.out(data);
    else if (header[0] === STDERR) yield* outputs.err(data);
    else if (header[0] === SYSTEM_ERROR) throw new CliError(`error from daemon in stream: ${decodeUtf8(data)}`);
    else throw new CliError(`Unrecognized input header: ${header[0]}`);
  }
}

function* whole(reader: StreamReader, count: number): Sim<Uint8Array | undefined> {
  if (count === 0) return EMPTY_BYTES;
  try {
    return yield* reader.exactly(count);
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}

/** A stream without frames: all of it is standard output. */
export function* copyRaw(source: { read(): Sim<Uint8Array | null> }, outputs: Outputs): Sim<void> {
  for (let data = yield* source.read(); data !== null; data = yield* source.read()) yield* outputs.out(data);
}
