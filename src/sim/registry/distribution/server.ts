/**
 * A registry as the OCI distribution specification has it: manifests, blobs, tags, uploads. It serves what a store gives it,
 * to those whom an access controller lets in, and knows no Docker.
 */
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { ConnectionInfo, HttpRequest, ResponseWriter } from '../../net/http/server.ts';
import { serveHttp } from '../../net/http/server.ts';
import type { Certificate } from '../../net/tls.ts';
import { digestOf } from '../../oci/digest.ts';
import type { AccessController, Wish } from './access.ts';
import { failed, json } from './errors.ts';
import type { RegistryStore } from './store.ts';
import { answerUpload } from './uploads.ts';

export interface RegistryOptions {
  readonly store: RegistryStore;
  /** Undefined lets everybody in. */
  readonly access: AccessController | undefined;
  /** Manifests may be deleted (REGISTRY_STORAGE_DELETE_ENABLED). */
  readonly deletes: boolean;
  readonly certificate: Certificate | undefined;
  /** Answers what is no business of a registry (tokens, search); true if it did. */
  readonly other?: (req: HttpRequest, res: ResponseWriter) => Sim<boolean>;
  readonly onRequest?: (req: HttpRequest, res: ResponseWriter, conn: ConnectionInfo) => Sim<void>;
}

/** Serves on a listening socket for ever. */
export function* serveRegistry(listenFd: number, options: RegistryOptions): Sim<never> {
  return yield* serveHttp(
    listenFd,
    function* (req, res, conn) {
      yield* answer(options, req, res);
      yield* options.onRequest?.(req, res, conn) ?? nothing();
    },
    { goStyle: true, ...(options.certificate ? { certificate: options.certificate } : {}) },
  );
}

function* nothing(): Sim<void> {}

/** A repository's routes: its name, the kind of thing, and which. */
const ROUTE =
  /^\/v2\/([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)\/(manifests|blobs\/uploads|blobs|tags)\/(.*)$/;

function* answer(o: RegistryOptions, req: HttpRequest, res: ResponseWriter): Sim<void> {
  if (yield* o.other?.(req, res) ?? unanswered()) return;
  if (req.path === '/') return yield* res.end('');
  const catalogue = req.path === '/v2/_catalog';
  const match = ROUTE.exec(req.path);
  if (req.path !== '/v2/' && !catalogue && !match) return yield* failed(res, 'NOT_FOUND');
  res.headers.set('Docker-Distribution-Api-Version', 'registry/2.0');
  const [, repository, kind, reference] = match ?? [];
  const wish: Wish = { repository, actions: catalogue ? ['*'] : actionsOf(req.method) };
  const challenge = yield* o.access?.(req.headers.get('Authorization') ?? '', wish) ?? allow();
  if (challenge !== undefined) {
    res.headers.set('WWW-Authenticate', challenge);
    return yield* failed(res, 'UNAUTHORIZED', refusedWish(wish, catalogue));
  }
  if (catalogue) return yield* listRepositories(o, req, res);
  if (repository === undefined) return yield* json(res, 200, {});
  const reading = req.method === 'GET' || req.method === 'HEAD';
  if (!reading && !o.store.writer) return yield* failed(res, 'DENIED', null, 401);
  if (kind === 'tags') return yield* listTags(o, repository, req, res);
  if (kind === 'blobs/uploads' && o.store.writer) return yield* answerUpload(o.store.writer, repository, reference, base(o, req), req, res);
  if (kind === 'blobs') return yield* answerBlob(o, repository, reference, req, res);
  yield* answerManifest(o, repository, reference, req, res);
}

const base = (o: RegistryOptions, req: HttpRequest) => `${o.certificate ? 'https' : 'http'}://${req.headers.get('Host') ?? ''}`;

function* unanswered(): Sim<false> {
  return false;
}

function* allow(): Sim<undefined> {
  return undefined;
}

function actionsOf(method: string): Wish['actions'] {
  if (method === 'GET' || method === 'HEAD') return ['pull'];
  return method === 'DELETE' ? ['delete'] : ['pull', 'push'];
}

function refusedWish({ repository, actions }: Wish, catalogue: boolean): unknown {
  if (catalogue) return [{ Type: 'registry', Class: '', Name: 'catalog', Action: '*' }];
  if (repository === undefined) return null;
  return actions.map((action) => ({ Type: 'repository', Class: '', Name: repository, Action: action }));
}

function* listRepositories(o: RegistryOptions, req: HttpRequest, res: ResponseWriter): Sim<void> {
  const all = yield* o.store.repositories();
  if (!all) return yield* failed(res, 'UNAUTHORIZED');
  yield* json(res, 200, { repositories: onePage(all, req, res, '/v2/_catalog') });
}

function* listTags(o: RegistryOptions, repository: string, req: HttpRequest, res: ResponseWriter): Sim<void> {
  const tags = yield* o.store.tags(repository);
  if (!tags) return yield* failed(res, 'NAME_UNKNOWN', { name: repository });
  yield* json(res, 200, { name: repository, tags: onePage([...tags].sort(), req, res, `/v2/${repository}/tags/list`) });
}

/** `?n=` and `?last=`, with a Link to the next page. */
function onePage(names: readonly string[], req: HttpRequest, res: ResponseWriter, path: string): readonly string[] {
  const last = req.query.get('last');
  const rest = last === undefined ? names : names.filter((name) => name > last);
  const count = Number(req.query.get('n') ?? Number.POSITIVE_INFINITY);
  if (!(count > 0) || rest.length <= count) return rest;
  const page = rest.slice(0, count);
  res.headers.set('Link', `<${path}?last=${page.at(-1)}&n=${count}>; rel="next"`);
  return page;
}

function* answerBlob(o: RegistryOptions, repository: string, digest: string, req: HttpRequest, res: ResponseWriter): Sim<void> {
  if (req.method === 'DELETE') return yield* failed(res, 'UNSUPPORTED');
  const blob = yield* o.store.blob(repository, digest);
  if (!blob) return yield* failed(res, 'BLOB_UNKNOWN', digest);
  res.headers.set('Content-Type', 'application/octet-stream');
  res.headers.set('Docker-Content-Digest', blob.digest);
  res.headers.set('Content-Length', String(blob.bytes.length));
  res.headers.set('Etag', `"${blob.digest}"`);
  yield* body(res, blob.bytes, req.method);
}

function* answerManifest(o: RegistryOptions, repository: string, reference: string, req: HttpRequest, res: ResponseWriter): Sim<void> {
  if (req.method === 'PUT') return yield* putManifest(o, repository, reference, req, res);
  if (req.method === 'DELETE') {
    const gone = o.deletes && reference.startsWith('sha256:');
    if (!gone) return yield* failed(res, 'UNSUPPORTED');
    if (!(yield* o.store.writer?.removeManifest(repository, reference) ?? unanswered())) return yield* failed(res, 'MANIFEST_UNKNOWN');
    yield* res.writeHead(202);
    return yield* res.end('');
  }
  const manifest = yield* o.store.manifest(repository, reference);
  if (!manifest)
    return yield* failed(
      res,
      'MANIFEST_UNKNOWN',
      reference.startsWith('sha256:') ? `unknown manifest name=${repository} revision=${reference}` : { Tag: reference },
    );
  res.headers.set('Content-Type', manifest.mediaType);
  res.headers.set('Docker-Content-Digest', manifest.digest);
  res.headers.set('Content-Length', String(encodeUtf8(manifest.json).length));
  res.headers.set('Etag', `"${manifest.digest}"`);
  yield* body(res, manifest.json, req.method);
}

interface Described {
  readonly mediaType?: string;
  readonly schemaVersion?: number;
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly { readonly digest: string }[];
}

/** A manifest is taken only when all that it names is here. */
function* putManifest(o: RegistryOptions, repository: string, reference: string, req: HttpRequest, res: ResponseWriter): Sim<void> {
  const text = decodeUtf8(yield* req.body.bytes());
  let parsed: Described;
  try {
    parsed = JSON.parse(text) as Described;
  } catch {
    return yield* failed(res, 'MANIFEST_INVALID', {});
  }
  const digest = digestOf(text);
  if (reference.startsWith('sha256:') && reference !== digest) return yield* failed(res, 'DIGEST_INVALID');
  for (const { digest: wanted } of [...(parsed.config ? [parsed.config] : []), ...(parsed.layers ?? [])])
    if (!(yield* o.store.blob(repository, wanted))) return yield* failed(res, 'MANIFEST_BLOB_UNKNOWN', { digest: wanted });
  for (const { digest: wanted } of parsed.manifests ?? [])
    if (!(yield* o.store.manifest(repository, wanted))) return yield* failed(res, 'MANIFEST_BLOB_UNKNOWN', { digest: wanted });
  const mediaType = parsed.mediaType ?? req.headers.get('Content-Type') ?? 'application/vnd.oci.image.manifest.v1+json';
  const tag = reference.startsWith('sha256:') ? undefined : reference;
  yield* o.store.writer?.putManifest(repository, tag, { digest, mediaType, json: text }) ?? nothing();
  res.headers.set('Location', `${base(o, req)}/v2/${repository}/manifests/${digest}`);
  res.headers.set('Docker-Content-Digest', digest);
  yield* res.writeHead(201);
  yield* res.end('');
}

function* body(res: ResponseWriter, data: Uint8Array | string, method: string): Sim<void> {
  yield* res.writeHead(200);
  yield* res.end(method === 'HEAD' ? '' : data);
}
