/** Archives that clients and registries send: decompressed and read, or refused in Docker's words. */
import { gunzip, isGzip } from '../lib/gzip.ts';
import type { TarArchive } from '../lib/tar/index.ts';
import { readTar, TarError } from '../lib/tar/index.ts';
import { system } from './errors.ts';

/** What other compressions begin with (go-archive's compression.Detect). */
const OTHERS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** Gzip is taken off. Throws system `gzip: invalid header`, `unexpected EOF`. */
export function decompressed(data: Uint8Array): Uint8Array {
  const other = OTHERS.find(([, magic]) => magic.every((byte, i) => data[i] === byte));
  if (other) throw system(`drydock: archives compressed by ${other[0]} are not simulated`);
  if (!isGzip(data)) return data;
  try {
    return gunzip(data);
  } catch (error) {
    throw system(error instanceof Error && error.message === 'unexpected EOF' ? error.message : 'gzip: invalid header');
  }
}

/** Throws system `unexpected EOF`, `archive/tar: invalid tar header`, and what `decompressed` throws. */
export function readArchive(data: Uint8Array): TarArchive {
  const tar = decompressed(data);
  try {
    return readTar(tar, { strict: true });
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw system(error.message === 'unexpected EOF' ? error.message : `archive/tar: ${error.message}`);
  }
}
