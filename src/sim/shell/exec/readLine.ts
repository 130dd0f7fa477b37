/** Commands from a file or a pipe: a shell reads no further than the line, for what it starts may read the rest. */
import type { Sim } from '../../kernel/sim.ts';
import { fstat, lseek, read, S_IFMT, S_IFREG } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';

/** A line of standard input with its end, or null at the end of it; the next program finds what follows. */
export function* readLine(): Sim<string | null> {
  const seekable = ((yield* fstat(0)).mode & S_IFMT) === S_IFREG;
  const bytes: number[] = [];
  for (;;) {
    const chunk = yield* read(0, seekable ? 512 : 1);
    if (chunk.length === 0) return bytes.length === 0 ? null : decodeUtf8(Uint8Array.from(bytes));
    const newline = chunk.indexOf(10);
    if (newline < 0) {
      bytes.push(...chunk);
      continue;
    }
    bytes.push(...chunk.subarray(0, newline + 1));
    if (seekable && newline + 1 < chunk.length) yield* lseek(0, newline + 1 - chunk.length, 'cur');
    return decodeUtf8(Uint8Array.from(bytes));
  }
}
