/** Reading and writing the edited file, with the counts that editors print. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readFile, S_IFDIR, S_IFMT, statOrNull, writeFile } from '../../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

export type Loaded =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'error'; readonly message: string };

export function* loadFile(path: string): Sim<Loaded> {
  try {
    const stat = yield* statOrNull(path);
    if (!stat) return { kind: 'new' };
    if ((stat.mode & S_IFMT) === S_IFDIR) return { kind: 'directory' };
    const bytes = yield* readFile(path);
    return { kind: 'text', text: decodeUtf8(bytes), bytes: bytes.length };
  } catch (error) {
    if (isErrno(error)) return { kind: 'error', message: error.message };
    throw error;
  }
}

/** Answers with the bytes written, or the reason why not. */
export function* saveFile(path: string, text: string): Sim<{ readonly bytes: number } | { readonly error: string }> {
  try {
    const bytes = encodeUtf8(text);
    yield* writeFile(path, bytes);
    return { bytes: bytes.length };
  } catch (error) {
    if (isErrno(error)) return { error: error.message };
    throw error;
  }
}
