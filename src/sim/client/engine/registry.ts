/** A registry as the client itself asks it, past the daemon: `docker manifest inspect`. Reading only. */
import type { Sim } from '../../kernel/sim.ts';
import { encodeBase64 } from '../../lib/base64.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { connectHttp } from '../../net/http/client.ts';
import { Headers } from '../../net/http/headers.ts';
import { MEDIA } from '../../oci/manifest.ts';
import { DEFAULT_DOMAIN, type Reference } from '../../oci/reference.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

const HUB = 'registry-1.docker.io';
const ACCEPT = [MEDIA.ociIndex, MEDIA.dockerList, MEDIA.ociManifest, MEDIA.dockerManifest].join(', ');

/** The JSON that a name stands for, byte for byte; the status if there is none. Connection failures are thrown as they are. */
export function* fetchManifest(reference: Reference, insecure: boolean, credentials: RegistryCredentials | undefined): Sim<Answer> {
  const [host, port] = reference.domain.split(':');
  const target = { host: reference.domain === DEFAULT_DOMAIN ? HUB : host, port: Number(port ?? (insecure ? 80 : 443)), tls: !insecure };
  const path = `/v2/${reference.path}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
  const headers = new Headers({ Accept: ACCEPT });
  const basic = credentials && `Basic ${encodeBase64(encodeUtf8(`${credentials.username}:${credentials.password}`))}`;
  const first = yield* ask(target, path, headers);
  if (first.status !== 401) return first;
  const challenge = first.headers.get('WWW-Authenticate') ?? '';
  const [, realmHost, realmPath] = /realm="https:\/\/([^"/]+)(\/[^"]*)"/.exec(challenge) ?? [];
  if (realmHost) {
    const service = /service="([^"]*)"/.exec(challenge)?.[1] ?? '';
    const scope = encodeURIComponent(`repository:${reference.path}:pull`);
    const asked = new Headers(basic ? { Authorization: basic } : {});
    const granted = yield* ask({ host: realmHost, port: 443, tls: true }, `${realmPath}?scope=${scope}&service=${service}`, asked);
    if (granted.status !== 200) return granted;
    headers.set('Authorization', `Bearer ${(JSON.parse(granted.text) as { token: string }).token}`);
  } else if (basic) headers.set('Authorization', basic);
  return yield* ask(target, path, headers);
}

function* ask(target: Target, path: string, headers: Headers): Sim<Answer> {
  const connection = yield* connectHttp(target);
  try {
    const { status, headers: fields, body } = yield* connection.request({ method: 'GET', path, headers });
    return { status, headers: fields, text: yield* body.text() };
  } finally {
    yield* connection.close();
  }
}
