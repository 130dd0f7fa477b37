/**
 * A registry as the OCI distribution specification has it, the pulling side: tokens, manifests, blobs, tags. It serves what
 * a store gives it and knows no Docker.
 */
import type { Sim } from '../../kernel/sim.ts';
import type { HttpRequest, ResponseWriter } from '../../net/http/server.ts';
import { serveHttp } from '../../net/http/server.ts';
import type { Certificate } from '../../net/tls.ts';

export interface RegistryBlob {
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Bytes that the real blob has: the transfer takes as long. */
  readonly stated: number;
}

export interface RegistryManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly json: string;
}

export interface RegistryStore {
  /** By tag or digest; undefined is "manifest unknown". */
  manifest(repository: string, reference: string): RegistryManifest | undefined;
  blob(repository: string, digest: string): RegistryBlob | undefined;
  /** Undefined for a repository that is not there. */
  tags(repository: string): readonly string[] | undefined;
}

export interface RegistryOptions {
  readonly store: RegistryStore;
  /** 'https://auth.docker.io/token', or undefined for a registry without tokens. */
  readonly realm: string | undefined;
  readonly service: string;
  readonly certificate: Certificate | undefined;
}

/** Serves on a listening socket for ever. */
export function* serveRegistry(listenFd: number, options: RegistryOptions): Sim<never> {
  return yield* serveHttp(
    listenFd,
    (req, res) => answer(options, req, res),
    options.certificate ? { certificate: options.certificate } : {},
  );
}

function* answer(o: RegistryOptions, req: HttpRequest, res: ResponseWriter): Sim<void> {
  res.headers.set('Docker-Distribution-Api-Version', 'registry/2.0');
  if (req.path === '/token') return yield* json(res, 200, { token: `drydock:${req.query.get('scope') ?? ''}`, expires_in: 300 });
  const match = /^\/v2\/(?:(.+)\/(manifests|blobs|tags)\/(.+))?$/.exec(req.path);
  if (!match) return yield* failed(res, 404, 'NAME_UNKNOWN', 'not found');
  const [, repository, kind, reference] = match;
  if (o.realm !== undefined && !/^Bearer /.test(req.headers.get('Authorization') ?? '')) {
    const scope = repository === undefined ? '' : `,scope="repository:${repository}:pull"`;
    res.headers.set('WWW-Authenticate', `Bearer realm="${o.realm}",service="${o.service}"${scope}`);
    return yield* failed(res, 401, 'UNAUTHORIZED', 'authentication required');
  }
  if (repository === undefined) return yield* json(res, 200, {});
  if (req.method !== 'GET' && req.method !== 'HEAD') return yield* failed(res, 401, 'DENIED', 'requested access to the resource is denied');
  const tags = o.store.tags(repository);
  if (!tags) return yield* failed(res, 401, 'UNAUTHORIZED', 'authentication required');
  if (kind === 'tags') return yield* json(res, 200, { name: repository, tags });
  if (kind === 'manifests') {
    const manifest = o.store.manifest(repository, reference);
    if (!manifest) return yield* failed(res, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    res.headers.set('Content-Type', manifest.mediaType);
    res.headers.set('Docker-Content-Digest', manifest.digest);
    return yield* body(res, manifest.json, req.method);
  }
  const blob = o.store.blob(repository, reference);
  if (!blob) return yield* failed(res, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  res.headers.set('Content-Type', 'application/octet-stream');
  res.headers.set('Docker-Content-Digest', blob.digest);
  return yield* body(res, blob.bytes, req.method);
}

function* body(res: ResponseWriter, data: Uint8Array | string, method: string): Sim<void> {
  yield* res.writeHead(200);
  yield* res.end(method === 'HEAD' ? '' : data);
}

function* json(res: ResponseWriter, status: number, value: unknown): Sim<void> {
  res.headers.set('Content-Type', 'application/json');
  yield* res.writeHead(status);
  yield* res.end(`${JSON.stringify(value)}\n`);
}

function failed(res: ResponseWriter, status: number, code: string, message: string): Sim<void> {
  return json(res, status, { errors: [{ code, message, detail: null }] });
}
