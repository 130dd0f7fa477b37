/**
 * What a verb throws when it cannot do as it was told. The API turns the kind into a status code; it does not import this
 * file and looks at `kind` alone.
 */
export type ErrorKind =
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'forbidden'
  | 'unauthorized'
  | 'unavailable'
  | 'notModified'
  | 'notImplemented'
  | 'system';

export class DaemonError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string) {
    super(message);
    this.name = 'DaemonError';
    this.kind = kind;
  }
}

export const notFound = (message: string): DaemonError => new DaemonError('notFound', message);
export const conflict = (message: string): DaemonError => new DaemonError('conflict', message);
export const invalid = (message: string): DaemonError => new DaemonError('invalid', message);
export const forbidden = (message: string): DaemonError => new DaemonError('forbidden', message);
export const unauthorized = (message: string): DaemonError => new DaemonError('unauthorized', message);
export const unavailable = (message: string): DaemonError => new DaemonError('unavailable', message);
/** Answered with 304 and no body. */
export const notModified = (): DaemonError => new DaemonError('notModified', '');
export const notImplemented = (message: string): DaemonError => new DaemonError('notImplemented', message);
/** Internal server error. */
export const system = (message: string): DaemonError => new DaemonError('system', message);

export function isDaemonError(error: unknown, ...kinds: ErrorKind[]): error is DaemonError {
  return error instanceof DaemonError && (kinds.length === 0 || kinds.includes(error.kind));
}
