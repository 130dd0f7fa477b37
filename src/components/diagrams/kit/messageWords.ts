import type { ApiMessage } from '../../../state/app.ts';
import { t } from '../../../state/strings/index.ts';

/** A path as it fits on a message: no version, no query, ids cut to four digits. */
export function shortPath(path: string): string {
  return path
    .replace(/^\/v[\d.]+(?=\/)/, '')
    .replace(/\?.*$/, '')
    .replace(/[0-9a-f]{64}/g, (id) => id.slice(0, 4));
}

/** The words that HTTP gives its commonest answers. */
export function statusWord(message: ApiMessage): string {
  const words: Record<number, string> = {
    101: 'upgraded',
    200: 'OK',
    201: 'created',
    204: 'no content',
    304: 'not modified',
    400: 'bad request',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'not found',
    409: 'conflict',
    500: 'server error',
    501: 'not implemented',
    503: 'unavailable',
  };
  return message.status === undefined ? '' : (words[message.status] ?? '');
}

/** How far a call is, and how it ended. What Docker could not do after it had begun to answer is told in the answer's last line. */
export type CallState = 'waiting' | 'streaming' | 'hungUp' | 'failed' | 'done';

export function callState(message: ApiMessage): CallState {
  if (message.status === undefined) return message.open ? 'waiting' : 'hungUp';
  if (message.open) return 'streaming';
  if (message.hungUp) return 'hungUp';
  return message.status >= 400 || errorOf(message) !== undefined ? 'failed' : 'done';
}

/** Docker's own sentence in an error's body or in the last line of a stream, else undefined. */
function errorOf(message: ApiMessage): string | undefined {
  const { status, responseBody: body } = message;
  if (status === undefined) return undefined;
  const last = status >= 400 ? 0 : body.lastIndexOf('{"errorDetail":');
  if (last < 0) return undefined;
  try {
    const { message, error } = JSON.parse(body.slice(last)) as { message?: string; error?: string };
    return message ?? error;
  } catch {
    return undefined;
  }
}

/** What stands beside a call in a list: where it is while it is under way, else how it ended. */
export function callWords(message: ApiMessage): string {
  switch (callState(message)) {
    case 'waiting':
    case 'streaming':
      return t('msg.inFlight');
    case 'hungUp':
      return t('msg.hungUp');
    case 'failed':
      return errorOf(message) ?? statusWord(message);
    case 'done':
      return statusWord(message);
  }
}

/** The daemon names its socket by where it lies, its clients by the link to it. The page has one name for it, that of the clients. */
export const endpointWords = (endpoint: string): string => endpoint.replace(/^unix:\/\/(\/var)?\/run\//, 'unix:///var/run/');
