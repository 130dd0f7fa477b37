/** Ids from the machine's random numbers. */

import type { Sim } from '../kernel/sim.ts';
import { randomBytes } from '../kernel/syscalls.ts';
import { toHex } from '../lib/bytes.ts';

/** What is named at random has numbers of its own: the same commands give the same ids, whoever types them and how fast. */
export const ID_STREAM = 'docker ids';

/** 64 hex digits whose first twelve are not all decimal: those would be taken for a number (moby's stringid). */
export function* randomId(): Sim<string> {
  for (;;) {
    const id = toHex(yield* randomBytes(32, ID_STREAM));
    if (!/^\d{12}/.test(id)) return id;
  }
}

export function shortId(id: string): string {
  return (id.includes(':') ? id.slice(id.indexOf(':') + 1) : id).slice(0, 12);
}
