/** The keys that leave a container running: ctrl-p ctrl-q unless the user chose others. */
import { CliError } from '../cli/errors.ts';

const CONTROL = '@abcdefghijklmnopqrstuvwxyz[\\]^_';

export const DEFAULT_DETACH_KEYS: readonly number[] = [16, 17];

/** 'ctrl-p,ctrl-q' or 'a,ctrl-@' to bytes. */
export function parseDetachKeys(text: string): readonly number[] {
  return text.split(',').map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    const control = key.startsWith('ctrl-') && key.length === 6 ? CONTROL.indexOf(key[5]) : -1;
    if (control < 0) throw new CliError(`Unknown character: '${key}'`);
    return control;
  });
}

/** Watches typed bytes for the sequence. Bytes that may be part of it are held back until it is clear that they are not. */
export class DetachFilter {
  readonly #keys: readonly number[];
  #matched = 0;

  constructor(keys: readonly number[]) {
    this.#keys = keys;
  }

  /** What is to be sent on, and whether the sequence is complete. */
  push(data: Uint8Array): { readonly pass: Uint8Array; readonly detached: boolean } {
    const pass: number[] = [];
    for (const byte of data) {
      if (byte === this.#keys[this.#matched]) {
        this.#matched++;
        if (this.#matched === this.#keys.length) return { pass: Uint8Array.from(pass), detached: true };
        continue;
      }
      pass.push(...this.#keys.slice(0, this.#matched));
      this.#matched = 0;
      if (byte === this.#keys[0]) this.#matched = 1;
      else pass.push(byte);
    }
    return { pass: Uint8Array.from(pass), detached: false };
  }
}
