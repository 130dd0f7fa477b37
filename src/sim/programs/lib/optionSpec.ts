/** The options that a program takes. */
export interface OptionSpec {
  /** As getopt(3): 'ab:c::'; a leading '+' stops at the first operand. */
  readonly short: string;
  /** Long name -> key, with ':' for a required and '::' for an optional argument: `{ lines: 'n:', color: 'color::' }`. */
  readonly long?: Readonly<Record<string, string>>;
  /** What follows the name in the usage line; several lines are alternatives. */
  readonly usage: string;
  /** What it does, in our words. */
  readonly about: string;
  /** For `--version`; default GNU coreutils. */
  readonly version?: string;
}
