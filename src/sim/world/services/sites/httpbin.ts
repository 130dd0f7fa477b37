/** A host that tells callers what they sent, with the paths of httpbin.org. */
import type { Sim } from '../../../kernel/sim.ts';
import { randomBytes, sleep } from '../../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { Query } from '../../../net/http/query.ts';
import { page, plain, redirect } from './pages.ts';
import type { Site, SiteRequest } from './site.ts';

export const httpbin: Site = function* (request) {
  const { req, res } = request;
  const [, first, second] = req.path.split('/');
  switch (first) {
    case '':
      res.headers.set('Content-Type', 'text/html; charset=utf-8');
      return yield* res.end(page('httpbin', '<h1>httpbin</h1>\n<p>Try /get, /post, /headers, /ip, /status/404, /delay/2.</p>'));
    case 'ip':
      return yield* json(request, { origin: origin(request) });
    case 'user-agent':
      return yield* json(request, { 'user-agent': req.headers.get('User-Agent') ?? null });
    case 'headers':
      return yield* json(request, { headers: headersOf(request) });
    case 'get':
    case 'post':
    case 'put':
    case 'patch':
    case 'delete':
    case 'anything':
      if (first !== 'anything' && req.method !== first.toUpperCase() && !(first === 'get' && req.method === 'HEAD')) {
        res.headers.set('Allow', `${first.toUpperCase()}, OPTIONS`);
        return yield* plain(res, 'Method Not Allowed', 405);
      }
      return yield* json(request, yield* echo(request, first));
    case 'status': {
      const code = Number(second);
      if (!Number.isInteger(code) || code < 100 || code > 599) return yield* plain(res, 'Invalid status code', 400);
      if (code >= 300 && code < 400) return yield* redirect(res, '/redirect/1', code);
      res.headers.set('Content-Type', 'text/html; charset=utf-8');
      yield* res.writeHead(code);
      return yield* res.end('');
    }
    case 'redirect':
      return yield* redirect(res, Number(second) > 1 ? `/redirect/${Number(second) - 1}` : '/get', 302);
    case 'delay':
      yield* sleep(Math.min(10, Math.max(0, Number(second) || 0)) * 1_000_000);
      return yield* json(request, yield* echo(request, 'get'));
    case 'uuid': {
      const hex = [...(yield* randomBytes(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return yield* json(request, {
        uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`,
      });
    }
    case 'html':
      res.headers.set('Content-Type', 'text/html; charset=utf-8');
      return yield* res.end(page('A page', '<h1>A page</h1>'));
    case 'json':
      return yield* json(request, { slideshow: { title: 'Sample' } });
    case 'robots.txt':
      return yield* plain(res, 'User-agent: *\nDisallow: /deny\n');
  }
  yield* plain(res, 'Not Found', 404);
};

function* echo(request: SiteRequest, kind: string): Sim<unknown> {
  const { req, host, secure } = request;
  const body = decodeUtf8(yield* req.body.bytes());
  const form = /^application\/x-www-form-urlencoded/.test(req.headers.get('Content-Type') ?? '');
  const common = { args: record(req.query), headers: headersOf(request), origin: origin(request), url: url(host, secure, req.target) };
  if (kind === 'get') return common;
  const { args, ...rest } = common;
  return {
    args,
    data: form ? '' : body,
    files: {},
    form: form ? record(Query.parse(body)) : {},
    ...rest,
    json: form ? null : parsed(body),
    ...(kind === 'anything' ? { method: req.method } : {}),
  };
}

const url = (host: string, secure: boolean, target: string) => `${secure ? 'https' : 'http'}://${host}${target}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function record(query: Query): Record<string, string> {
  return Object.fromEntries(query.entries());
}

function headersOf({ req }: SiteRequest): Record<string, string> {
  return Object.fromEntries([...req.headers.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

function origin({ conn }: SiteRequest): string {
  return 'address' in conn.peer ? conn.peer.address : '';
}

/** Keys sorted, two blanks deep, as Flask's jsonify writes it. */
function* json({ res }: SiteRequest, value: unknown): Sim<void> {
  res.headers.set('Content-Type', 'application/json');
  yield* res.end(`${JSON.stringify(sorted(value), null, 2)}\n`);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
