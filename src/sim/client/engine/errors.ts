/** What can go wrong between the client and the daemon. */
import { type Errno, goErrorText, isErrno } from '../../kernel/errno.ts';
import { own } from '../../lib/dictionary.ts';
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

/** The answer began and was cut off, as when the daemon is killed: Go's io.ErrUnexpectedEOF, or what the socket said. */
export class CutOff extends EngineError {}

/** Nothing was heard of the daemon at all: it is not there, or it died before it answered. */
export function isConnectionFailed(error: unknown): error is EngineError {
  return error instanceof EngineError && error.status === 0;
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
  return new EngineError(`error during connect: ${url}: ${isErrno(error) ? socketError(endpoint, error) : text}`, 0);
}

/** The rest of an answer that cannot be read. Status is that of its head. */
export function cutOff(endpoint: Endpoint, status: number, error: Error): CutOff {
  return new CutOff(isErrno(error) ? socketError(endpoint, error) : error.message, status);
}

/** The Go client's words before what keeps it from reading these answers. */
const UNREADABLE: Readonly<Record<string, string>> = {
  '/info': 'Error reading remote info',
  '/system/df': 'Error retrieving disk usage',
  '/containers/prune': 'Error retrieving disk usage',
  '/images/prune': 'Error retrieving disk usage',
  '/build/prune': 'error retrieving disk usage',
  '/networks/prune': 'Error retrieving network prune report',
  '/volumes/prune': 'Error retrieving volume prune report',
};

/** A JSON answer that was cut off, in the words of the call. */
export function unreadable(path: string, error: CutOff): CutOff {
  const words = own(UNREADABLE, path);
  return words === undefined ? error : new CutOff(`${words}: ${error.message}`, error.status);
}

/** No connection of its own for a stream. */
export function hijackError(endpoint: Endpoint, error: Error): EngineError {
  const text = isErrno(error) ? socketError(endpoint, error) : error.message;
  return new EngineError(`cannot connect to the Docker daemon. Is 'docker daemon' running on this host?: ${text}`, 0);
}

/** As Go's net.OpError: what was done, and with which socket. */
function socketError(endpoint: Endpoint, error: Errno): string {
  const text = goErrorText(error.code);
  const [network, address] = 'unix' in endpoint ? ['unix', endpoint.unix] : ['tcp', endpoint.host.slice('tcp://'.length)];
  if (error.code === 'EPIPE') return `write ${network} @->${address}: write: ${text}`;
  if (error.code === 'ECONNRESET') return `read ${network} @->${address}: read: ${text}`;
  return `dial ${network} ${address}: connect: ${text}`;
}
