import { isErrno } from '../kernel/errno.ts';
import { PREVIEW_BYTES_MAX, PREVIEW_TIME_MAX } from '../kernel/limits.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { connectHttp } from '../net/http/client.ts';
import { HttpError } from '../net/http/duplex.ts';
import { Headers } from '../net/http/headers.ts';
import type { PreviewRequest } from './inputLog.ts';
import { DOCKER_GID } from './rootfs/users.ts';

export interface PreviewResponse {
  /** 0 when no answer came. */
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  /** Why no answer came, in a browser's words. */
  readonly error?: string;
}

export interface PreviewFetch {
  /** Nobody waits for the page any more: its process is ended, and `done` told so. */
  cancel(): void;
}

const failed = (error: string): PreviewResponse => ({ status: 0, headers: [], body: new Uint8Array(0), error });

/**
 * Fetches a page with a process of its own on the machine: it goes through the simulated network like any other. Only what
 * names a socket may speak to the daemon: pages of containers can ask for any address, and never name one.
 */
export function fetchPreview(kernel: Kernel, request: PreviewRequest, done: (response: PreviewResponse) => void): PreviewFetch {
  let response: PreviewResponse | undefined;
  let reason = 'The connection was closed.';
  const process = kernel.spawnInit({
    argv: ['browser'],
    uid: 1000,
    gid: 1000,
    groups: request.socket === undefined ? [1000] : [1000, DOCKER_GID],
    *main(): Sim<number> {
      response = yield* fetch(request);
      return 0;
    },
  });
  const cancel = () => process.signal('SIGKILL', true);
  const limit = kernel.scheduler.after(PREVIEW_TIME_MAX, () => {
    reason = `The page was not complete after ${PREVIEW_TIME_MAX / 1_000_000} seconds.`;
    cancel();
  });
  process.onExit = (status) => {
    limit.cancelled = true;
    done(status.kind === 'exited' && response ? response : failed(reason));
  };
  return { cancel };
}

function* fetch(request: PreviewRequest): Sim<PreviewResponse> {
  const match = /^http:\/\/(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?([^#]*)/.exec(request.url);
  if (!match) return failed('The preview opens http:// addresses only.');
  const host = match[1].replace(/^\[|\]$/g, '');
  const port = Number(match[2] ?? 80);
  const path = match[3].startsWith('/') ? match[3] : `/${match[3]}`;
  try {
    const connection = yield* connectHttp(request.socket === undefined ? { host, port } : { unix: request.socket });
    try {
      const headers = new Headers();
      headers.set('Host', match[2] ? `${match[1]}:${match[2]}` : match[1]);
      headers.set('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) Drydock');
      headers.set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
      for (const [name, value] of request.headers) headers.set(name, value);
      const answer = yield* connection.request({
        method: request.method,
        path,
        headers,
        body: request.body === '' ? undefined : request.body,
      });
      return { status: answer.status, headers: [...answer.headers.entries()], body: yield* answer.body.bytes(PREVIEW_BYTES_MAX) };
    } finally {
      yield* connection.close();
    }
  } catch (error) {
    if (error instanceof HttpError && error.kind === 'bodyTooLarge')
      return failed(`The page is larger than ${PREVIEW_BYTES_MAX / (1024 * 1024)} MiB.`);
    if (!isErrno(error)) return failed(error instanceof Error ? error.message : String(error));
    return failed(
      error.code === 'ECONNREFUSED'
        ? `${host}:${port} refused the connection: nothing listens on that port.`
        : `${host}:${port}: ${error.message}.`,
    );
  }
}
