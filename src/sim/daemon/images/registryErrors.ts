/** What registries refuse, and how Docker words it. */
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { Headers } from '../../net/http/headers.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarName, familiarString } from '../../oci/reference.ts';
import { DaemonError, notFound } from '../errors.ts';

/** An error of the registry; its text is 'manifest unknown: manifest unknown'. */
export class RegistryError extends DaemonError {
  readonly code: string;
  constructor(code: string, message: string, text = `${code.toLowerCase().replaceAll('_', ' ')}: ${message}`) {
    super('system', text);
    this.code = code;
  }
}

/** The registry wants credentials and there are none. Pulling tells the request, too; pushing does not. */
export class NoCredentials extends DaemonError {
  static readonly short = 'no basic auth credentials';
  constructor(method: string, url: string) {
    super('system', `${method[0]}${method.slice(1).toLowerCase()} "${url}": ${NoCredentials.short}`);
  }
}

/** The first error of an answer in the registry's form. */
export function registryErrorOf(answer: { readonly status: number; readonly headers: Headers; readonly body: Uint8Array }): RegistryError {
  if (answer.status === 401 && /error="insufficient_scope"/.test(answer.headers.get('WWW-Authenticate') ?? ''))
    return new RegistryError('DENIED', 'requested access to the resource is denied');
  try {
    const [first] = (JSON.parse(decodeUtf8(answer.body)) as { errors: { code: string; message: string }[] }).errors;
    return new RegistryError(first.code, first.message);
  } catch {
    if (answer.status === 401) return new RegistryError('UNAUTHORIZED', 'authentication required');
    return new RegistryError('UNKNOWN', '', `received unexpected HTTP status: ${answer.status}`);
  }
}

/** As `docker pull` words it; an image that is not there is told from other failures. */
export function pullError(error: unknown, reference: Reference): unknown {
  if (!(error instanceof RegistryError)) return error;
  switch (error.code) {
    case 'DENIED':
      return notFound(
        `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login': ${error.message}`,
      );
    case 'MANIFEST_UNKNOWN':
      return notFound(`manifest for ${familiarString(reference)} not found: ${error.message}`);
    case 'NAME_UNKNOWN':
      return notFound(`repository ${familiarName(reference)} not found: ${error.message}`);
    default:
      return error;
  }
}
