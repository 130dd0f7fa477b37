/** The window's two names that others read: the inline scripts' hand-over, and the hook of measuring tools and browser tests. */
export interface Early {
  /** Takes keys as a terminal has them. */
  type(keys: string): void;
  /** Those taken so far. */
  keys(): string;
  /** The screen's echo of keys, once there is a screen. */
  shown: ((keys: string) => void) | undefined;
  /** Ends the stand-in: returns the keys typed so far and takes no more. */
  take(): string;
  /** Removes the stand-in from the page. */
  remove(): void;
  /** Lays the stand-in over the page, so that the page can be built under it. */
  lift(): void;
}

export interface TerminalHook {
  /** True from the moment a key press is taken. */
  ready: boolean;
  /** The visible screen. */
  text(): string;
}

declare global {
  interface Window {
    __early?: Early;
    __terminal?: TerminalHook;
  }
}

/** The last screen, kept so that a reload shows it at once: per row, runs of text with a style each. */
export interface SavedScreen {
  readonly rows: readonly (readonly (readonly [text: string, style: string])[])[];
  readonly cursor: readonly [row: number, column: number];
}
export const screenKey = 'drydock.screen';
