import { isErrno } from '../kernel/errno.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { readFile, S_IFMT, S_IFREG, stat, statOrNull, writeFile } from '../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { FileRequest } from './inputLog.ts';

/** What the page's editor is told of a file: its text and time, or why it could not be read or saved. */
export interface EditedFile {
  readonly text: string;
  /** Time of the last change, µs since 1970; 0 when the file is not there yet. */
  readonly mtime: number;
  readonly error?: 'changed' | 'binary' | 'tooLarge' | 'failed';
  /** The system's own words, for 'failed'. */
  readonly reason?: string;
}

/** Larger files are not for an editor in a page (bytes). */
const BYTES_MAX = 1024 * 1024;

/** Does it with a process of the person's own on the machine, so that permissions hold. */
export function editFile(kernel: Kernel, request: FileRequest, done: (answer: EditedFile) => void): void {
  let answer: EditedFile = { text: '', mtime: 0, error: 'failed', reason: 'Interrupted' };
  const process = kernel.spawnInit({
    argv: ['edit'],
    uid: request.uid,
    gid: request.gid,
    groups: request.groups,
    *main(): Sim<number> {
      try {
        answer = yield* request.text === undefined ? load(request.path) : save(request, request.text);
      } catch (error) {
        if (!isErrno(error)) throw error;
        answer = { text: '', mtime: 0, error: 'failed', reason: error.message };
      }
      return 0;
    },
  });
  process.onExit = () => done(answer);
}

function* load(path: string): Sim<EditedFile> {
  const info = yield* statOrNull(path);
  if (!info) return { text: '', mtime: 0 };
  const { mtime } = info;
  if ((info.mode & S_IFMT) !== S_IFREG) return { text: '', mtime, error: 'binary' };
  if (info.size > BYTES_MAX) return { text: '', mtime, error: 'tooLarge' };
  const bytes = yield* readFile(path);
  const text = decodeUtf8(bytes);
  if (bytes.includes(0) || text.includes('\ufffd')) return { text: '', mtime, error: 'binary' };
  return { text, mtime };
}

function* save({ path, mtime }: FileRequest, text: string): Sim<EditedFile> {
  const info = yield* statOrNull(path);
  if (mtime !== undefined && (info?.mtime ?? 0) !== mtime) return { text: '', mtime: info?.mtime ?? 0, error: 'changed' };
  yield* writeFile(path, encodeUtf8(text));
  return { text, mtime: (yield* stat(path)).mtime };
}
