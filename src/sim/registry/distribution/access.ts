/** Who may do what at a registry. */
import type { Sim } from '../../kernel/sim.ts';
import { readText } from '../../kernel/syscalls.ts';
import { decodeBase64 } from '../../lib/base64.ts';
import { bcryptMatches } from '../../lib/bcrypt.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';

export interface Wish {
  /** 'catalog', or undefined for the base route. */
  readonly repository: string | undefined;
  readonly actions: readonly ('pull' | 'push' | 'delete' | '*')[];
}

/** Undefined lets the request pass; a text is the WWW-Authenticate field of the refusal. */
export type AccessController = (authorization: string, wish: Wish) => Sim<string | undefined>;

/** Names and bcrypt hashes in a file that is read again for each request, as the real one notices its changes. */
export function htpasswdAccess(realm: string, path: string): AccessController {
  return function* (authorization) {
    const challenge = `Basic realm="${realm}"`;
    const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1];
    if (encoded === undefined) return challenge;
    const plain = decodeUtf8(decodeBase64(encoded) ?? EMPTY_BYTES);
    const at = plain.indexOf(':');
    const [user, password] = [plain.slice(0, at), plain.slice(at + 1)];
    for (const line of (yield* readText(path)).split('\n')) {
      const entry = /^([^:#]+):(.*)$/.exec(line.trim());
      if (entry?.[1] === user) return bcryptMatches(password, entry[2]) ? undefined : challenge;
    }
    return challenge;
  };
}
