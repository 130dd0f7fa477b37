/** Routes: a method, a path template as in Docker's routers, and what answers it. */

import type { Sim } from '../kernel/sim.ts';
import type { Cause } from '../lib/records.ts';
import type { BodyReader } from '../net/http/body.ts';
import type { Headers } from '../net/http/headers.ts';
import type { Query } from '../net/http/query.ts';
import type { ResponseWriter } from '../net/http/server.ts';

export interface ApiRequest {
  readonly method: string;
  /** Without the version. */
  readonly path: string;
  /** '1.50': as asked for, or the server's own. */
  readonly version: string;
  /** What the template's names stand for. */
  readonly vars: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: BodyReader;
  readonly cause: Cause;
}

export type RouteHandler = (req: ApiRequest, res: ResponseWriter) => Sim<void>;

export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** '/containers/{name:.*}/json' */
  readonly path: string;
  readonly handler: RouteHandler;
}

export interface Router {
  readonly routes: readonly Route[];
}

/** The template as a pattern with named groups; `{x}` is one segment, `{x:.*}` may hold slashes. */
export function compilePath(template: string): RegExp {
  let pattern = '';
  let at = 0;
  for (const match of template.matchAll(/\{(\w+)(?::([^}]+))?\}/g)) {
    pattern += escapePattern(template.slice(at, match.index));
    pattern += `(?<${match[1]}>${match[2] ?? '[^/]+'})`;
    at = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${escapePattern(template.slice(at))}$`, 's');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
