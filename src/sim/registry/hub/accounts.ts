/**
 * Docker Hub's tokens: the registry sends a client to auth.docker.io, which hands out what the client may do. The simulated Hub
 * has one account, so that a student can log in and push.
 */

import type { Sim } from '../../kernel/sim.ts';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';
import { own } from '../../lib/dictionary.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { HttpRequest, ResponseWriter } from '../../net/http/server.ts';
import type { AccessController } from '../distribution/access.ts';
import type { RegistryStore } from '../distribution/store.ts';

const REALM = 'https://auth.docker.io/token';
const SERVICE = 'registry.docker.io';

const ACCOUNTS: ReadonlyMap<string, string> = new Map([['student', 'drydock']]);

interface Grant {
  readonly user: string;
  /** 'library/nginx' to what may be done there. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

export function tokenAccess(): AccessController {
  return function* (authorization, { repository, actions }) {
    const grant = readToken(authorization);
    const scope = repository === undefined ? '' : `,scope="repository:${repository}:${actions.join(',')}"`;
    const challenge = `Bearer realm="${REALM}",service="${SERVICE}"${scope}`;
    if (!grant) return challenge;
    if (repository === undefined || actions.every((action) => own(grant.actions, repository)?.includes(action))) return undefined;
    return `${challenge},error="insufficient_scope"`;
  };
}

/** Answers GET /token. Wrong credentials are refused; without any a client is anonymous. */
export function* handOutToken(store: RegistryStore, req: HttpRequest, res: ResponseWriter): Sim<void> {
  const credentials = basicCredentials(req.headers.get('Authorization') ?? '');
  res.headers.set('Content-Type', 'application/json');
  if (credentials && ACCOUNTS.get(credentials.user) !== credentials.password) {
    yield* res.writeHead(401);
    return yield* res.end('{"details":"incorrect username or password"}\n');
  }
  const user = credentials?.user ?? '';
  const actions: Record<string, string[]> = {};
  for (const scope of req.query.getAll('scope')) {
    const [, name, wanted] = /^repository:([^:]+):(.+)$/.exec(scope) ?? [];
    if (!name) continue;
    const exists = (yield* store.tags(name)) !== undefined;
    const own = user !== '' && name.startsWith(`${user}/`);
    actions[name] = wanted.split(',').filter((action) => own || (action === 'pull' && exists));
  }
  const grant: Grant = { user, actions };
  yield* res.writeHead(200);
  yield* res.end(`${JSON.stringify({ token: encodeBase64(encodeUtf8(JSON.stringify(grant)), true), expires_in: 300 })}\n`);
}

function basicCredentials(authorization: string): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (!bytes) return undefined;
  const text = decodeUtf8(bytes);
  const at = text.indexOf(':');
  return at < 0 ? undefined : { user: text.slice(0, at), password: text.slice(at + 1) };
}

function readToken(authorization: string): Grant | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(authorization);
  const bytes = match ? decodeBase64(match[1].replace(/-/g, '+').replace(/_/g, '/')) : undefined;
  if (!bytes) return undefined;
  try {
    return JSON.parse(decodeUtf8(bytes)) as Grant;
  } catch {
    return undefined;
  }
}
