/** The daemon's side of a conversation with a registry (OCI distribution specification; Docker's token protocol). */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { connectHttp, type HttpConnection } from '../../net/http/client.ts';
import { Headers } from '../../net/http/headers.ts';
import { DaemonError, system } from '../errors.ts';

/** Docker Hub's registry does not answer under the name that references have. */
const HUB = 'registry-1.docker.io';

const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

export interface FetchedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

export class RegistryClient {
  readonly #domain: string;
  readonly #host: string;
  readonly #port: number;
  readonly #tls: boolean;
  readonly #nameserver: string;
  #token = '';

  /** `domain` as in a reference: 'docker.io', 'localhost:5000'. */
  constructor(domain: string, nameserver: string) {
    const [host, port] = domain.split(':');
    this.#domain = domain;
    this.#tls = !(host === 'localhost' || /^127\./.test(host));
    this.#host = domain === 'docker.io' ? HUB : host;
    this.#port = port === undefined ? (this.#tls ? 443 : 80) : Number(port);
    this.#nameserver = nameserver;
  }

  *manifest(repository: string, reference: string, familiar: string): Sim<FetchedManifest> {
    const answer = yield* this.#get(repository, `/v2/${repository}/manifests/${reference}`);
    if (answer.status === 200) {
      const text = decodeUtf8(answer.body);
      return { digest: answer.headers.get('Docker-Content-Digest') ?? '', mediaType: answer.headers.get('Content-Type') ?? '', text };
    }
    if (answer.status === 404) throw new DaemonError('notFound', `manifest for ${familiar} not found: manifest unknown: manifest unknown`);
    throw this.#denied(familiar.replace(/[:@][^/]*$/, ''));
  }

  *blob(repository: string, digest: string): Sim<Uint8Array> {
    const answer = yield* this.#get(repository, `/v2/${repository}/blobs/${digest}`);
    if (answer.status !== 200) throw system(`unknown blob`);
    return answer.body;
  }

  *tags(repository: string, familiar: string): Sim<readonly string[]> {
    const answer = yield* this.#get(repository, `/v2/${repository}/tags/list`);
    if (answer.status !== 200) throw this.#denied(familiar);
    return (JSON.parse(decodeUtf8(answer.body)) as { tags: string[] }).tags;
  }

  #denied(familiar: string): DaemonError {
    return new DaemonError(
      'notFound',
      `pull access denied for ${familiar}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
  }

  *#get(repository: string, path: string): Sim<{ status: number; headers: Headers; body: Uint8Array }> {
    const first = yield* this.#request(this.#host, this.#port, path);
    const challenge =
      first.status === 401 && this.#token === ''
        ? /realm="([^"]+)",service="([^"]*)"/.exec(first.headers.get('WWW-Authenticate') ?? '')
        : null;
    if (!challenge) return first;
    const realm = /^https:\/\/([^/:]+)(?::(\d+))?(\/.*)$/.exec(challenge[1]);
    if (!realm) throw system(`invalid token realm: ${challenge[1]}`);
    const granted = yield* this.#request(
      realm[1],
      Number(realm[2] ?? 443),
      `${realm[3]}?scope=repository%3A${repository.replaceAll('/', '%2F')}%3Apull&service=${challenge[2]}`,
    );
    this.#token = (JSON.parse(decodeUtf8(granted.body)) as { token: string }).token;
    return yield* this.#request(this.#host, this.#port, path);
  }

  *#request(host: string, port: number, path: string): Sim<{ status: number; headers: Headers; body: Uint8Array }> {
    let connection: HttpConnection;
    try {
      connection = yield* connectHttp({ host, port, tls: this.#tls });
    } catch (error) {
      throw this.#unreachable(host, error);
    }
    try {
      const headers = new Headers();
      headers.set('Accept', ACCEPT);
      headers.set('User-Agent', 'docker/28.2.2 go/go1.24.3 kernel/6.1.0-37-amd64 os/linux arch/amd64');
      if (this.#token !== '') headers.set('Authorization', `Bearer ${this.#token}`);
      const response = yield* connection.request({ method: 'GET', path, headers });
      return { status: response.status, headers: response.headers, body: yield* response.body.bytes() };
    } finally {
      yield* connection.close();
    }
  }

  #unreachable(host: string, error: unknown): Error {
    const url = `Get "${this.#tls ? 'https' : 'http'}://${host}${this.#domain.includes(':') ? `:${this.#port}` : ''}/v2/"`;
    if (isErrno(error)) {
      const why = error.message[0].toLowerCase() + error.message.slice(1);
      return system(`${url}: dial tcp ${host}:${this.#port}: connect: ${why}`);
    }
    if (error instanceof Error && /resolve|no such host|not known|NXDOMAIN/i.test(`${error.name} ${error.message}`))
      return system(`${url}: dial tcp: lookup ${host} on ${this.#nameserver}:53: no such host`);
    return error instanceof Errno || !(error instanceof Error) ? system(String(error)) : system(`${url}: ${error.message}`);
  }
}
