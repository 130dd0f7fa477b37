/** Query strings and paths as Go's net/url writes them. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** '?a=1&b=2' sorted by key, or ''. Undefined values are left out; true is '1'. */
export function encodeQuery(query: Query | undefined): string {
  const parts: string[] = [];
  for (const key of Object.keys(query ?? {}).sort()) {
    const value = query![key];
    if (value === undefined || value === false) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      parts.push(`${escape(key)}=${escape(one === true ? '1' : String(one))}`);
    }
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function escape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}

/** A segment that a person typed; slashes stay (image names have them). */
export function pathPart(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/').replace(/%3A/gi, ':').replace(/%40/g, '@');
}

/** `filters` of the API: {"name":{"web":true}}. Undefined if there are none. */
export function filterQuery(filters: readonly string[]): string | undefined {
  const out = new Map<string, Record<string, boolean>>();
  for (const filter of filters) {
    const at = filter.indexOf('=');
    const key = filter.slice(0, at);
    out.set(key, { ...out.get(key), [filter.slice(at + 1)]: true });
  }
  if (out.size === 0) return undefined;
  return JSON.stringify(Object.fromEntries([...out].sort(([a], [b]) => (a < b ? -1 : 1))));
}
