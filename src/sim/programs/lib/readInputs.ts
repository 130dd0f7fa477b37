import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, read } from '../../kernel/syscalls.ts';
import { CHUNK, openInput } from './input.ts';
import { KeptMemory } from './memory.ts';
import type { Tool } from './tool.ts';

/**
 * The bytes of all files one after the other (none: standard input), at most `limit` of them. A file that cannot be read is
 * reported and left out.
 */
export function* readInputs(t: Tool, files: readonly string[], limit = Number.POSITIVE_INFINITY): Sim<Uint8Array> {
  const parts: Uint8Array[] = [];
  const kept = new KeptMemory();
  let total = 0;
  for (const file of files.length === 0 ? ['-'] : files) {
    if (total >= limit) break;
    let fd = 0;
    try {
      fd = yield* openInput(file);
      while (total < limit) {
        const part = yield* read(fd, Math.min(CHUNK, limit - total));
        if (part.length === 0) break;
        parts.push(part);
        yield* kept.add(part.length);
        total += part.length;
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.fileError(file, error);
    } finally {
      if (fd !== 0) yield* close(fd);
    }
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
