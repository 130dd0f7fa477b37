import type { ApiMessage } from '../../../state/app.ts';

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

/** Docker's own sentence in an error's body, else undefined. */
export function errorOf(message: ApiMessage): string | undefined {
  if (message.status === undefined || message.status < 400) return undefined;
  try {
    return (JSON.parse(message.responseBody) as { message?: string }).message;
  } catch {
    return undefined;
  }
}

/** The daemon names its socket by where it lies, its clients by the link to it. The page has one name for it, that of the clients. */
export const endpointWords = (endpoint: string): string => endpoint.replace(/^unix:\/\/(\/var)?\/run\//, 'unix:///var/run/');
