/** Hashes and chance. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { Sim } from '../../../../kernel/sim.ts';
import { randomBytes } from '../../../../kernel/syscalls.ts';
import { own } from '../../../../lib/dictionary.ts';
import type { Value } from '../vm.ts';

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 };

const known = (name: string) => own(HASHES, name.toLowerCase().replace('-', '') as keyof typeof HASHES);

export const digests = {
  *random(count: number): Sim<Value> {
    return yield* randomBytes(count);
  },
  /** Null where the algorithm is not known. */
  *digest(name: string, data: Uint8Array, key: Uint8Array | null): Sim<Value> {
    const hash = known(name);
    if (!hash) return null;
    return key ? hmac(hash, key, data) : hash(data);
  },
  *pbkdf2(name: string, password: Uint8Array, salt: Uint8Array, c: number, dkLen: number): Sim<Value> {
    const hash = known(name);
    return hash ? pbkdf2(hash, password, salt, { c, dkLen }) : null;
  },
  *scrypt(password: Uint8Array, salt: Uint8Array, dkLen: number, N: number, r: number, p: number): Sim<Value> {
    return scrypt(password, salt, { N, r, p, dkLen });
  },
};
