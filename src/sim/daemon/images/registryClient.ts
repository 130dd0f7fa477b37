/** The daemon's side of a conversation with a registry (OCI distribution specification; Docker's token protocol). */
import type { AuthConfig } from '../../api/types/image.ts';
import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { encodeBase64 } from '../../lib/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { HostNotFound, resolveHost } from '../../net/dns/resolve.ts';
import { connectHttp, type HttpConnection } from '../../net/http/client.ts';
import { Headers } from '../../net/http/headers.ts';
import { digestOf } from '../../oci/digest.ts';
import { MEDIA } from '../../oci/manifest.ts';
import { system } from '../errors.ts';
import { NoCredentials, RegistryError, registryErrorOf } from './registryErrors.ts';

/** Docker Hub's registry does not answer under the name that references have. */
const HUB = 'registry-1.docker.io';
const USER_AGENT = 'docker/28.2.2 go/go1.24.3 kernel/6.1.0-37-amd64 os/linux arch/amd64';
const ACCEPT = [MEDIA.ociIndex, MEDIA.dockerList, MEDIA.ociManifest, MEDIA.dockerManifest].join(', ');

export interface RegistryEnvironment {
  /** For error messages. */
  readonly nameserver: string;
  /** Names with their ports that may be spoken to without TLS. */
  readonly insecureRegistries: readonly string[];
  readonly auth: AuthConfig;
}

export interface FetchedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

interface RequestOptions {
  readonly repository: string;
  readonly actions: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export class RegistryClient {
  readonly domain: string;
  readonly #env: RegistryEnvironment;
  readonly #host: string;
  readonly #port: number;
  readonly #tls: boolean;
  #challenge: string | undefined;
  #authorization: string | undefined;

  /** `domain` as in a reference: 'docker.io', 'localhost:5000'. */
  constructor(domain: string, env: RegistryEnvironment) {
    const [, host, port] = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(domain) ?? ['', domain, undefined];
    this.domain = domain;
    this.#env = env;
    this.#tls = !(host === 'localhost' || /^127\.|^\[::1\]$/.test(host) || env.insecureRegistries.includes(domain));
    this.#host = domain === 'docker.io' ? HUB : host;
    this.#port = port === undefined ? (this.#tls ? 443 : 80) : Number(port);
  }

  /** 'http://localhost:5000' */
  get base(): string {
    return `${this.#tls ? 'https' : 'http'}://${this.#host}${this.domain.includes(':') ? `:${this.#port}` : ''}`;
  }

  /** Learns how the registry wants its clients to prove themselves. Throws what Go says of a registry that is not there. */
  *ping(): Sim<RegistryAnswer> {
    const answer = yield* this.#exchange('GET', '/v2/', { repository: '', actions: '' });
    this.#challenge = answer.status === 401 ? answer.headers.get('WWW-Authenticate') : '';
    return answer;
  }

  /** The status of /v2/ with the credentials: 200 if they are right. */
  *login(): Sim<number> {
    yield* this.ping();
    return (yield* this.request('GET', '/v2/', { repository: '', actions: '' })).status;
  }

  /** By tag or digest. Throws system when it is not what the digest says. */
  *manifest(repository: string, reference: string): Sim<FetchedManifest> {
    const path = `/v2/${repository}/manifests/${reference}`;
    const options = { repository, actions: 'pull', headers: { Accept: ACCEPT } };
    // What a tag points to is asked for first.
    if (!reference.includes(':')) yield* this.request('HEAD', path, options);
    const answer = yield* this.#ok('GET', path, options);
    const digest = digestOf(answer.body);
    if (reference.includes(':') && digest !== reference) throw system(`manifest verification failed for digest ${reference}`);
    return { digest, mediaType: answer.headers.get('Content-Type') ?? '', text: decodeUtf8(answer.body) };
  }

  /** Not verified: see `config` and the layers of `pull`. */
  *blob(repository: string, digest: string): Sim<Uint8Array> {
    return (yield* this.#ok('GET', `/v2/${repository}/blobs/${digest}`, { repository, actions: 'pull' })).body;
  }

  /** An image's config. Throws system when it is not what the digest says. */
  *config(repository: string, digest: string): Sim<string> {
    const bytes = yield* this.blob(repository, digest);
    if (digestOf(bytes) !== digest) throw system(`image config verification failed for digest ${digest}`);
    return decodeUtf8(bytes);
  }

  *tags(repository: string): Sim<readonly string[]> {
    const answer = yield* this.#ok('GET', `/v2/${repository}/tags/list`, { repository, actions: 'pull' });
    return (JSON.parse(decodeUtf8(answer.body)) as { tags: string[] | null }).tags ?? [];
  }

  *hasBlob(repository: string, digest: string): Sim<boolean> {
    const answer = yield* this.request('HEAD', `/v2/${repository}/blobs/${digest}`, { repository, actions: 'pull,push' });
    if (answer.status === 200 || answer.status === 404) return answer.status === 200;
    throw registryErrorOf(answer);
  }

  /** True if the registry took the blob over from another of its repositories. */
  *putBlob(repository: string, digest: string, bytes: Uint8Array, mountFrom?: string): Sim<boolean> {
    const options = { repository, actions: 'pull,push' };
    const query = mountFrom === undefined ? '' : `?from=${encodeURIComponent(mountFrom)}&mount=${encodeURIComponent(digest)}`;
    const begun = yield* this.#ok('POST', `/v2/${repository}/blobs/uploads/${query}`, options);
    if (begun.status === 201) return true;
    const location = (begun.headers.get('Location') ?? '').replace(/^https?:\/\/[^/]+/, '');
    yield* this.#ok('PATCH', location, { ...options, body: bytes, headers: { 'Content-Type': 'application/octet-stream' } });
    const end = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
    yield* this.#ok('PUT', end, { ...options, body: new Uint8Array(0) });
    return false;
  }

  *putManifest(repository: string, tag: string, mediaType: string, json: string): Sim<void> {
    const headers = { 'Content-Type': mediaType };
    yield* this.#ok('PUT', `/v2/${repository}/manifests/${tag}`, { repository, actions: 'pull,push', headers, body: encodeUtf8(json) });
  }

  /** Without credentials. */
  plain(path: string): Sim<RegistryAnswer> {
    return this.#exchange('GET', path, { repository: '', actions: '' });
  }

  /** With the credentials that the registry asks for. */
  *request(method: string, path: string, options: RequestOptions): Sim<RegistryAnswer> {
    if (this.#challenge === undefined) yield* this.ping();
    const { realm, scheme } = parseChallenge(this.#challenge ?? '');
    if (scheme === 'basic') {
      const { username, password } = this.#env.auth;
      if (!username) throw new NoCredentials(method, `${this.base}${path}`);
      this.#authorization = `Basic ${encodeBase64(encodeUtf8(`${username}:${password ?? ''}`))}`;
    } else if (scheme === 'bearer') {
      this.#authorization = `Bearer ${yield* this.#token(realm, options, method, path)}`;
    }
    return yield* this.#exchange(method, path, options);
  }

  *#ok(method: string, path: string, options: RequestOptions): Sim<RegistryAnswer> {
    const answer = yield* this.request(method, path, options);
    if (answer.status >= 400) throw registryErrorOf(answer);
    return answer;
  }

  *#token(realm: string, options: RequestOptions, method: string, path: string): Sim<string> {
    const [, host, port, rest] = /^https:\/\/([^/:]+)(?::(\d+))?(\/.*)$/.exec(realm) ?? [];
    if (!host) throw system(`invalid token realm: ${realm}`);
    const { username, password } = this.#env.auth;
    const service = parseChallenge(this.#challenge ?? '').service;
    const scope =
      options.repository === ''
        ? ''
        : `scope=repository%3A${encodeURIComponent(options.repository)}%3A${encodeURIComponent(options.actions)}&`;
    const account = username ? `account=${encodeURIComponent(username)}&` : '';
    const headers = new Headers({ 'User-Agent': USER_AGENT });
    if (username) headers.set('Authorization', `Basic ${encodeBase64(encodeUtf8(`${username}:${password ?? ''}`))}`);
    const answer = yield* this.#send(
      { host, port: Number(port ?? 443), tls: true },
      'GET',
      `${rest}?${account}${scope}service=${service}`,
      headers,
      undefined,
    );
    if (answer.status !== 200) {
      const why = answer.status === 401 ? 'unauthorized: incorrect username or password' : `token endpoint answered ${answer.status}`;
      const shown = method[0] + method.slice(1).toLowerCase();
      throw new RegistryError('UNAUTHORIZED', '', `${shown} "${this.base}${path}": ${why}`);
    }
    return (JSON.parse(decodeUtf8(answer.body)) as { token: string }).token;
  }

  *#exchange(method: string, path: string, options: RequestOptions): Sim<RegistryAnswer> {
    const headers = new Headers({ 'User-Agent': USER_AGENT, ...options.headers });
    if (this.#authorization !== undefined) headers.set('Authorization', this.#authorization);
    return yield* this.#send({ host: this.#host, port: this.#port, tls: this.#tls }, method, path, headers, options.body);
  }

  *#send(
    to: { readonly host: string; readonly port: number; readonly tls: boolean },
    method: string,
    path: string,
    headers: Headers,
    body: Uint8Array | undefined,
  ): Sim<RegistryAnswer> {
    let connection: HttpConnection;
    try {
      connection = yield* connectHttp(to);
    } catch (error) {
      throw system(`Get "${this.base}/v2/": ${yield* this.#unreachable(to, error)}`);
    }
    try {
      const response = yield* connection.request({ method, path, headers, body });
      return { status: response.status, headers: response.headers, body: yield* response.body.bytes() };
    } catch (error) {
      if (isErrno(error) || (error instanceof Error && error.name === 'HttpError')) throw system(`Get "${this.base}/v2/": EOF`);
      throw error;
    } finally {
      yield* connection.close();
    }
  }

  /** Go's words for a server that cannot be reached. */
  *#unreachable({ host, port }: { readonly host: string; readonly port: number }, error: unknown): Sim<string> {
    if (error instanceof HostNotFound) return `dial tcp: lookup ${host} on ${this.#env.nameserver}:53: no such host`;
    if (!isErrno(error)) return error instanceof Error ? error.message : String(error);
    if (error.code === 'ETIMEDOUT')
      return 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)';
    const addresses = yield* resolveHost(host);
    const tried = addresses.find((address) => address.includes(':')) ?? addresses[0];
    return `dial tcp ${tried.includes(':') ? `[${tried}]` : tried}:${port}: connect: ${goErrorText(error.code)}`;
  }
}

/** WWW-Authenticate: 'Bearer realm="https://...",service="..."' or 'Basic realm="..."'. */
function parseChallenge(challenge: string): { readonly scheme: 'basic' | 'bearer' | ''; readonly realm: string; readonly service: string } {
  const scheme = /^(basic|bearer)\b/i.exec(challenge)?.[1].toLowerCase() as 'basic' | 'bearer' | undefined;
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  return { scheme: scheme ?? '', realm: field('realm'), service: field('service') };
}
