/** Ids from the machine's random numbers. */

import type { Sim } from '../kernel/sim.ts';
import { randomBytes } from '../kernel/syscalls.ts';
import { toHex } from '../lib/bytes.ts';

/** 64 hex digits whose first twelve are not all decimal: those would be taken for a number (moby's stringid). */
export function* randomId(): Sim<string> {
  for (;;) {
    const id = toHex(yield* randomBytes(32));
    if (!/^\d{12}/.test(id)) return id;
  }
}

export function shortId(id: string): string {
  return (id.includes(':') ? id.slice(id.indexOf(':') + 1) : id).slice(0, 12);
}
