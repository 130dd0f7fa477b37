/** What the page itself asks of a machine: files for the editor, pages for the preview. */
import type { EditedFile, FileRequest, PreviewRequest } from '../../sim/world/index.ts';
import { running, whenRunning } from './running.ts';

/** Reads a file of a machine for the editor, or saves it (with a text). */
export async function editFile(on: string, file: FileRequest): Promise<EditedFile> {
  const session = await whenRunning();
  return new Promise((resolve) => session.feed((world) => world.editFile(on, file, resolve)));
}

/** Files are looked at no more often than this while the machine works (ms). */
const lookMs = 250;

/**
 * Tells the time of change of a file whenever that has become another one; returns the way to stop. It is looked at from outside after the
 * machine has worked: that is no input, so it leaves no trace in the log.
 */
export function watchFile(on: string, path: string, told: (mtime: number) => void): () => void {
  let stop: (() => void) | undefined;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  void whenRunning().then((session) => {
    if (over) return;
    let last: number | undefined;
    const look = () => {
      timer = undefined;
      const now = session.world.fileTime(on, path);
      if (now === last) return;
      last = now;
      told(now);
    };
    stop = session.onAdvance(() => {
      timer ??= setTimeout(look, lookMs);
    });
    look();
  });
  return () => {
    over = true;
    clearTimeout(timer);
    stop?.();
  };
}

export interface SimResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/**
 * One HTTP request made on a machine of the simulated network. Rejects with the network's reason when nothing answers. When `signal`
 * tells that nobody waits for it any more, the process on the machine is ended.
 */
export async function request(on: string, what: PreviewRequest, signal?: AbortSignal): Promise<SimResponse> {
  const session = await whenRunning();
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    session.feed((world) => {
      const id = world.httpRequest(on, what);
      signal?.addEventListener('abort', () => {
        reject(signal.reason);
        if (running() === session) session.feed((same) => same.cancelRequest(id));
      });
      world.onHttpResponse(id, (response) => ('error' in response ? reject(new Error(response.error)) : resolve(response)));
    });
  });
}
