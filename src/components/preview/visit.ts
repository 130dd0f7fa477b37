/** Where a browser goes: what it asks for, and what it asks next when it is sent on. */
import { resolve } from './page.ts';

export interface Visit {
  readonly url: string;
  readonly method: string;
  readonly body: string;
}

/** The request that a redirect leads to (Fetch standard): 307 and 308 keep method and body, the others make a GET of a POST. */
export function redirected(visit: Visit, status: number, location: string | undefined): Visit | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const url = resolve(location, visit.url);
  if (url === undefined) return undefined;
  const asGet = status === 303 ? visit.method !== 'HEAD' : status < 303 && visit.method === 'POST';
  return asGet ? { url, method: 'GET', body: '' } : { ...visit, url };
}

/** What a link or form of the page at `shown` (its last address, after redirects) asks for. */
export function followed(shown: string, link: { url: string; method: string; body?: string | undefined }): Visit | undefined {
  const url = resolve(link.url, shown);
  if (url === undefined) return undefined;
  const body = link.body ?? '';
  if (link.method === 'POST') return { url, method: 'POST', body };
  return { url: body ? `${url.replace(/[?#].*$/, '')}?${body}` : url, method: 'GET', body: '' };
}
