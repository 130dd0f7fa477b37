/** What a person asked for wrongly on the command line; the message is all that is shown. */
export class UsageError extends Error {}

/** The value of `--seed`; 1 when it is not given. */
export function parseSeed(text: string | undefined): number {
  if (text === undefined) return 1;
  const seed = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(seed)) throw new UsageError('--seed takes a whole number');
  return seed;
}

/**
 * The value of `--date`, the moment at which the world begins, in microseconds since 1970: `now`, or a date such as
 * 2026-11-24T14:00:00Z.
 */
export function parseDate(text: string): number {
  const ms = text === 'now' ? Date.now() : Date.parse(text);
  if (!Number.isSafeInteger(ms) || ms < 0) throw new UsageError('--date takes "now" or a date such as 2026-11-24T14:00:00Z');
  return ms * 1000;
}

/** Reads `--name VALUE` and `--name=VALUE`. `take` throws on a name that it does not know. */
export function eachOption(args: readonly string[], take: (name: string, value: string) => void): void {
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s);
    const value = inline ?? args[++i];
    if (value === undefined) throw new UsageError(`${name} takes a value`);
    take(name, value);
  }
}
