/** Plugins: there are none, and none can be had. */
import { writeJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import { filtersParam, goQuote } from '../../params.ts';
import type { RouteHandler, Router } from '../../route.ts';

const missing: RouteHandler = function* (req) {
  throw new RequestError('notFound', `plugin ${goQuote(req.vars.name)} not found`);
};

export function pluginRouter(): Router {
  return {
    routes: [
      {
        method: 'GET',
        path: '/plugins',
        *handler(req, res) {
          filtersParam(req.query);
          yield* writeJson(res, []);
        },
      },
      { method: 'GET', path: '/plugins/{name:.*}/json', handler: missing },
      { method: 'DELETE', path: '/plugins/{name:.*}', handler: missing },
      ...['enable', 'disable', 'push', 'set'].map((verb) => ({
        method: 'POST' as const,
        path: `/plugins/{name:.*}/${verb}`,
        handler: missing,
      })),
    ],
  };
}
