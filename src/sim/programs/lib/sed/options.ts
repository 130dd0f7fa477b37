/** How sed was called. */

/** Options that matter when a script runs. */
export interface SedOptions {
  readonly quiet: boolean;
  readonly separate: boolean;
  /** Suffix of the backup ('' for none), or undefined when not in place. */
  readonly inPlace: string | undefined;
  readonly end: string;
  readonly lineLength: number;
  readonly unbuffered: boolean;
}
