/** Keys that end an attachment. The client looks for them in what is typed; the daemon refuses what it could not look for. */
import { invalid } from '../errors.ts';

const KEY = /^(?:[\s\S]|ctrl-[@a-z[\\\]^_])$/i;

/** Throws invalid for keys that term.ToBytes (moby/term) does not know. '' stands for the usual ones. */
export function checkDetachKeys(keys: string): void {
  if (keys !== '' && !keys.split(',').every((key) => KEY.test(key))) throw invalid(`Invalid detach keys (${keys}) provided`);
}
