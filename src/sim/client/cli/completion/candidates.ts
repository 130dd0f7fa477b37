/** What a completion offers, and what the shell is to do with it. */
export interface Candidate {
  readonly text: string;
  /** One line that says what it is. */
  readonly about?: string;
}

/** The directives of cobra's completion that docker uses. */
export const ERROR = 1;
export const NO_SPACE = 2;
export const NO_FILES = 4;
export const DIRECTORIES = 16;
/** File names, if nothing is offered. */
export const FILES = 0;

export interface Offer {
  readonly list: readonly Candidate[];
  readonly directive: number;
}

export function words(list: readonly string[], directive = NO_FILES): Offer {
  return { list: list.map((text) => ({ text })), directive };
}

export const NOTHING: Offer = { list: [], directive: NO_FILES };
