/** Errors as the distribution specification words them: a code, a message, and what it is about. */
import type { Sim } from '../../kernel/sim.ts';
import type { ResponseWriter } from '../../net/http/server.ts';

const ERRORS = {
  UNAUTHORIZED: [401, 'authentication required'],
  DENIED: [403, 'requested access to the resource is denied'],
  UNSUPPORTED: [405, 'The operation is unsupported.'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  NOT_FOUND: [404, '404 page not found'],
} as const;

export type ErrorCode = keyof typeof ERRORS;

export function* failed(res: ResponseWriter, code: ErrorCode, detail: unknown = null, status: number = ERRORS[code][0]): Sim<void> {
  if (code === 'NOT_FOUND') {
    res.headers.set('Content-Type', 'text/plain; charset=utf-8');
    yield* res.writeHead(404);
    return yield* res.end('404 page not found\n');
  }
  yield* json(res, status, { errors: [{ code, message: ERRORS[code][1], detail }] });
}

export function* json(res: ResponseWriter, status: number, value: unknown): Sim<void> {
  res.headers.set('Content-Type', 'application/json; charset=utf-8');
  yield* res.writeHead(status);
  yield* res.end(`${JSON.stringify(value)}\n`);
}
