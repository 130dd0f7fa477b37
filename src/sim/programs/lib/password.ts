/** Passwords: asked for without echo, and kept in /etc/shadow (shadow(5)) as a salted hash. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Sim } from '../../kernel/sim.ts';
import { isatty, randomBytes, read, readText, tcgetattr, tcsetattr, write } from '../../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Asks on the terminal, without echo; a line of standard input where that is none. Null at end of file. */
export function* readPassword(prompt: string): Sim<string | null> {
  yield* write(2, prompt);
  const before = (yield* isatty(0)) ? yield* tcgetattr(0) : undefined;
  if (before) yield* tcsetattr(0, { echo: false });
  try {
    const bytes: number[] = [];
    for (;;) {
      const byte = yield* read(0, 1);
      if (byte.length === 0) return bytes.length === 0 ? null : text(bytes);
      if (byte[0] === 10) return text(bytes);
      bytes.push(byte[0]);
    }
  } finally {
    if (before) {
      yield* tcsetattr(0, before);
      yield* write(2, '\n');
    }
  }
}

const text = (bytes: readonly number[]): string => decodeUtf8(Uint8Array.from(bytes));

/** What /etc/shadow holds of a password. A hash of the field's shape: SHA-256 with a salt, not yescrypt's own rounds. */
export function* hashPassword(password: string): Sim<string> {
  const salt = [...(yield* randomBytes(16))].map((byte) => ALPHABET[byte & 63]).join('');
  return `$y$j9T$${salt}$${digest(salt, password)}`;
}

const digest = (salt: string, password: string): string =>
  [...sha256(encodeUtf8(`${salt}$${password}`))]
    .map((byte) => ALPHABET[byte & 63] + ALPHABET[byte >> 6])
    .join('')
    .slice(0, 43);

/** Whether it is the account's password. An account without one (`!`, `*`) has none that fits; an empty field fits an empty one. */
export function* checkPassword(name: string, password: string): Sim<boolean> {
  const shadow = (yield* readText('/etc/shadow')).split('\n').map((line) => line.split(':'));
  const kept = shadow.find((fields) => fields[0] === name)?.[1];
  if (kept === undefined) return false;
  if (kept === '') return password === '';
  const match = /^\$y\$j9T\$([^$]+)\$(.+)$/.exec(kept);
  return match !== null && digest(match[1], password) === match[2];
}
