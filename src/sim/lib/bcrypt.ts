/** bcrypt (Provos and Mazières, 1999): the password hashes of htpasswd files. */
import { encodeUtf8 } from './utf8.ts';

const ROUNDS = 16;
const P_WORDS = ROUNDS + 2;
const S_WORDS = 4 * 256;
const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Longer passwords are cut. */
const KEY_MAX = 72;
/** A cost above this would hold the page up for seconds. */
const COST_MAX = 12;

let digits: Uint32Array | undefined;

/** Blowfish begins with the fraction of pi; Machin's formula gives it. */
function piWords(): Uint32Array {
  if (digits) return digits;
  const count = P_WORDS + S_WORDS;
  const guard = 64n;
  const bits = BigInt(count * 32) + guard;
  const arctan = (inverse: bigint): bigint => {
    let power = (1n << bits) / inverse;
    let sum = power;
    for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
      power /= inverse * inverse;
      sum += (sign * power) / n;
    }
    return sum;
  };
  const fraction = ((16n * arctan(5n) - 4n * arctan(239n)) & ((1n << bits) - 1n)) >> guard;
  const hex = fraction.toString(16).padStart(count * 8, '0');
  digits = Uint32Array.from({ length: count }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16));
  return digits;
}

class Blowfish {
  readonly p: Uint32Array;
  readonly s: Uint32Array;
  readonly block = new Uint32Array(2);

  constructor() {
    const words = piWords();
    this.p = words.slice(0, P_WORDS);
    this.s = words.slice(P_WORDS);
  }

  encrypt(): void {
    const { p, s, block } = this;
    let left = block[0];
    let right = block[1];
    for (let i = 0; i < ROUNDS; i++) {
      left ^= p[i];
      right ^= (((s[left >>> 24] + s[256 + ((left >>> 16) & 255)]) ^ s[512 + ((left >>> 8) & 255)]) + s[768 + (left & 255)]) | 0;
      [left, right] = [right, left];
    }
    block[0] = right ^ p[17];
    block[1] = left ^ p[16];
  }

  /** `salt`: four words, or none. */
  expand(key: Uint32Array, salt: Uint32Array | undefined): void {
    const { p, s, block } = this;
    for (let i = 0; i < P_WORDS; i++) p[i] ^= key[i % key.length];
    block[0] = 0;
    block[1] = 0;
    let at = 0;
    for (const table of [p, s]) {
      for (let i = 0; i < table.length; i += 2) {
        if (salt) {
          block[0] ^= salt[at];
          block[1] ^= salt[at + 1];
          at ^= 2;
        }
        this.encrypt();
        table[i] = block[0];
        table[i + 1] = block[1];
      }
    }
  }
}

/** The bytes repeated to `words` 32-bit words. */
function cycled(bytes: Uint8Array, words: number): Uint32Array {
  return Uint32Array.from({ length: words }, (_, i) => {
    let value = 0;
    for (let k = 0; k < 4; k++) value = (value << 8) | bytes[(i * 4 + k) % bytes.length];
    return value;
  });
}

function encode64(bytes: Uint8Array, characters: number): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const value = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) out += ALPHABET[(value >>> shift) & 63];
  }
  return out.slice(0, characters);
}

function decode64(text: string, length: number): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    let value = 0;
    for (let k = 0; k < 4; k++) value = (value << 6) | Math.max(0, ALPHABET.indexOf(text[i + k] ?? '.'));
    out.push((value >>> 16) & 255, (value >>> 8) & 255, value & 255);
  }
  return Uint8Array.from(out.slice(0, length));
}

function hash(password: string, cost: number, salt: Uint8Array): string {
  const key = encodeUtf8(`${password}\0`).subarray(0, KEY_MAX);
  const keyWords = cycled(key, P_WORDS);
  const saltWords = cycled(salt, 4);
  const cipher = new Blowfish();
  cipher.expand(keyWords, saltWords);
  const saltKey = cycled(salt, P_WORDS);
  for (let i = 2 ** cost; i > 0; i--) {
    cipher.expand(keyWords, undefined);
    cipher.expand(saltKey, undefined);
  }
  const text = cycled(encodeUtf8('OrpheanBeholderScryDoubt'), 6);
  const out: number[] = [];
  for (let i = 0; i < 6; i += 2) {
    cipher.block.set(text.subarray(i, i + 2));
    for (let n = 0; n < 64; n++) cipher.encrypt();
    for (const word of cipher.block) out.push(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  }
  return encode64(Uint8Array.from(out.slice(0, 23)), 31);
}

/** '$2y$05$...' with 16 bytes of salt. */
export function bcrypt(password: string, cost: number, salt: Uint8Array): string {
  return `$2y$${String(cost).padStart(2, '0')}$${encode64(salt, 22)}${hash(password, cost, salt)}`;
}

/** False for a wrong password, and for what is no bcrypt hash or one of too high a cost. */
export function bcryptMatches(password: string, stored: string): boolean {
  const match = /^\$2[abxy]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/.exec(stored);
  if (!match || Number(match[1]) > COST_MAX || Number(match[1]) < 4) return false;
  return hash(password, Number(match[1]), decode64(match[2], 16)) === match[3];
}
