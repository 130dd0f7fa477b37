/**
 * The one place where an error's kind becomes a status code. Errors are told apart by their shape, because this layer
 * imports nothing of the daemon.
 */
const STATUS: Readonly<Record<string, number>> = {
  notFound: 404,
  conflict: 409,
  invalid: 400,
  forbidden: 403,
  unauthorized: 401,
  unavailable: 503,
  notModified: 304,
  bodyTooLarge: 413,
  notImplemented: 501,
  system: 500,
};

export interface ApiError {
  readonly kind: string;
  readonly message: string;
}

/** An error of ours: has a kind that this table knows. Anything else is a fault of the program. */
export function isApiError(error: unknown): error is ApiError & Error {
  return error instanceof Error && 'kind' in error && typeof error.kind === 'string' && Object.hasOwn(STATUS, error.kind);
}

export function statusOf(error: ApiError): number {
  return STATUS[error.kind] ?? 500;
}

/** What a router throws when the request itself is wrong. */
export class RequestError extends Error {
  readonly kind: string;

  constructor(kind: 'invalid' | 'system' | 'notFound' | 'unavailable' | 'notImplemented', message: string) {
    super(message);
    this.name = 'RequestError';
    this.kind = kind;
  }
}
