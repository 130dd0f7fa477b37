export interface HelpOutline {
  readonly usage: readonly string[];
  /** Each with its title first. */
  readonly sections: readonly (readonly string[])[];
}
export function helpOutline(page: string): HelpOutline;
