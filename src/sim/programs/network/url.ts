import { own } from '../../lib/dictionary.ts';

/** URLs as command line tools take them: the scheme may be missing. */
export interface Url {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Path with the query; begins with '/'. */
  readonly path: string;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** Null if it is no URL at all. `port` is 0 for an unknown scheme without one. */
export function parseUrl(text: string): Url | null {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[0-9A-Fa-f:.]+\]|[^:/?#\s]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/.exec(
    text,
  );
  if (!match || match[3] === '') return null;
  const scheme = (match[1] ?? 'http').toLowerCase();
  const port = match[4] ? Number(match[4]) : (own(PORTS, scheme) ?? 0);
  if (port > 65535) return null;
  const path = match[5] ?? '/';
  return {
    scheme,
    user: match[2],
    host: match[3].replace(/^\[(.*)\]$/, '$1'),
    port,
    path: (path.startsWith('?') ? `/${path}` : path).replaceAll(' ', '%20'),
  };
}

export function formatUrl(url: Url): string {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host;
  return `${url.scheme}://${host}${url.port === own(PORTS, url.scheme) ? '' : `:${url.port}`}${url.path}`;
}

/** Where a Location header leads to from `base`. */
export function resolveUrl(base: Url, location: string): Url | null {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return parseUrl(location);
  if (location.startsWith('//')) return parseUrl(`${base.scheme}:${location}`);
  if (location.startsWith('/')) return { ...base, path: location };
  const folder = base.path.replace(/\?.*$/, '').replace(/[^/]*$/, '');
  return { ...base, path: location.startsWith('?') ? base.path.replace(/\?.*$/, '') + location : removeDots(folder + location) };
}

function removeDots(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (out.length > 1) out.pop();
    } else if (part !== '.') {
      out.push(part);
    }
  }
  return out.join('/');
}

/** Last part of the path, for tools that name a file after it; '' when there is none. */
export function fileNameOf(url: Url): string {
  return url.path.replace(/\?.*$/, '').split('/').at(-1) ?? '';
}
