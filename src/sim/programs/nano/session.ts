/** What a running nano knows. */
import { TextBuffer } from '../editor/buffer.ts';
import { KeyReader } from '../editor/keys.ts';
import { Screen } from '../editor/screen.ts';

/** The nano that this one takes after. */
export const VERSION = '7.2';

/** One run of nano on one file. */
export class Session {
  readonly screen = new Screen(1);
  readonly keys = new KeyReader(0);
  /** The file; '' for a new buffer. */
  path: string;
  buffer = new TextBuffer('');
  /** What the status line says. */
  status = '';
  /** The first line on the screen. */
  top = 0;
  /** The cut buffer, and whether the last key put something there. */
  cut: string[] = [];
  lastWasCut = false;
  /** What was searched for last. */
  search = '';
  /** A question on the status line. */
  prompt: { readonly label: string; readonly text: string; readonly keys: readonly (readonly [string, string])[] } | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Rows of the window that show text. */
  get textRows(): number {
    return Math.max(1, this.screen.size.rows - 4);
  }
}
