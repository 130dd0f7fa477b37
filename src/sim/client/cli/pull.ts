/** Pulling an image, as `docker pull` and `docker run` do it. */

import type { Sim } from '../../kernel/sim.ts';
import { getWindowSize } from '../../kernel/syscalls.ts';
import { encodeBase64 } from '../../lib/base64.ts';
import { own } from '../../lib/dictionary.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { DEFAULT_DOMAIN, parseReference, type Reference, ReferenceError, repositoryName } from '../../oci/reference.ts';
import type { ProgressTarget } from '../engine/jsonMessage.ts';
import { showProgress } from '../engine/jsonMessage.ts';
import type { Cli } from './cli.ts';
import { CliError } from './errors.ts';

export const INDEX_SERVER = 'https://index.docker.io/v1/';

/** The key of a registry in the stored credentials. */
export function authKey(domain: string): string {
  return domain === DEFAULT_DOMAIN ? INDEX_SERVER : domain;
}

/** X-Registry-Auth for a registry: the stored credentials, or '{}'. */
export function* registryAuth(cli: Cli, domain: string): Sim<string> {
  const key = authKey(domain);
  const stored = own((yield* cli.config()).auths, key);
  const json = stored
    ? JSON.stringify({ username: stored.username, password: stored.password, serveraddress: key, identitytoken: stored.identitytoken })
    : '{}';
  return encodeBase64(encodeUtf8(json), true);
}

/** Where progress goes: 1 or 2. */
export function* progressTarget(cli: Cli, fd: 1 | 2): Sim<ProgressTarget> {
  const terminal = yield* cli.isTerminal(fd);
  const columns = terminal ? (yield* getWindowSize(fd)).columns : 0;
  return { terminal, columns, write: (text) => (fd === 1 ? cli.out(text) : cli.err(text)) };
}

export interface PullOptions {
  readonly all?: boolean;
  readonly platform: string;
  /** Nothing is shown. */
  readonly quiet: boolean;
  readonly fd: 1 | 2;
}

export function* pullImage(cli: Cli, reference: Reference, options: PullOptions): Sim<void> {
  const engine = yield* cli.engine();
  const response = yield* engine.open('POST', '/images/create', {
    query: {
      fromImage: repositoryName(reference),
      tag: options.all ? undefined : (reference.digest ?? reference.tag),
      platform: options.platform === '' ? undefined : options.platform.toLowerCase(),
    },
    headers: { 'X-Registry-Auth': yield* registryAuth(cli, reference.domain) },
  });
  const target = yield* progressTarget(cli, options.fd);
  yield* showProgress(response.body, options.quiet ? { ...target, terminal: false, *write() {} } : target);
}

/** A reference that was typed. Throws Docker's words for what is none. */
export function readReference(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof ReferenceError) throw new CliError(error.message);
    throw error;
  }
}
