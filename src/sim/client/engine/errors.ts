/** What can go wrong between the client and the daemon. */
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import { CliError } from '../cli/errors.ts';
import type { Endpoint } from './host.ts';

/** An error answer of the daemon, or no answer at all (status 0). */
export class EngineError extends CliError {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = 'EngineError';
    this.status = status;
  }
}

export function isNotFound(error: unknown): error is EngineError {
  return error instanceof EngineError && error.status === 404;
}

/** Go's words for a request that got no answer. */
export function connectionError(endpoint: Endpoint, method: string, path: string, error: Error): EngineError {
  const unix = 'unix' in endpoint ? endpoint.unix : undefined;
  if (
    isErrno(error, 'ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ETIMEDOUT') &&
    (unix !== undefined || error.code === 'ECONNREFUSED' || error.code === 'ETIMEDOUT')
  ) {
    return new EngineError(`Cannot connect to the Docker daemon at ${endpoint.host}. Is the docker daemon running?`, 0);
  }
  const op = method[0] + method.slice(1).toLowerCase();
  const authority = unix === undefined ? endpoint.host.slice('tcp://'.length) : encodeURIComponent(unix);
  const url = `${op} "http://${authority}${path}"`;
  const text = isErrno(error) ? goErrorText(error.code) : error.message;
  if (isErrno(error, 'EACCES', 'EPERM') && unix !== undefined) {
    const dial = `dial unix ${unix}: connect: ${text}`;
    return new EngineError(`permission denied while trying to connect to the Docker daemon socket at ${endpoint.host}: ${url}: ${dial}`, 0);
  }
  const detail = isErrno(error) ? `dial tcp ${endpoint.host.slice('tcp://'.length)}: connect: ${text}` : text;
  return new EngineError(`error during connect: ${url}: ${detail}`, 0);
}
