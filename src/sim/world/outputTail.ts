import { concatBytes } from '../lib/bytes.ts';

/** Bytes of output that are kept for a terminal that is shown later: more than the lines that it can scroll back to. */
const KEPT_BYTES = 512 * 1024;
/** Small pieces are joined to pieces of this size (bytes). */
const PIECE_BYTES = 16 * 1024;

const ESC = 0x1b;

/**
 * The end of what a terminal printed. What is cut off leaves its modes behind (DECSET, `ESC [ ? 1049 h` and the like), so
 * that an editor's screen is still one when only the last of its drawing is kept.
 */
export class OutputTail {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;
  /** Joined at the next piece boundary. */
  #open: Uint8Array[] = [];
  #openLength = 0;
  /** Private modes that were set in what is gone, in order, and how each stands. */
  readonly #modes = new Map<string, 'h' | 'l'>();

  push(data: Uint8Array): void {
    this.#open.push(data);
    this.#openLength += data.length;
    this.#length += data.length;
    if (this.#openLength >= PIECE_BYTES) this.#closePiece();
    while (this.#length > KEPT_BYTES && this.#pieces.length > 1) this.#drop();
  }

  /** All that is kept, in order. */
  take(): Uint8Array {
    this.#closePiece();
    const modes = [...this.#modes].map(([mode, state]) => `\x1b[?${mode}${state}`).join('');
    return concatBytes([Uint8Array.from(modes, (c) => c.charCodeAt(0)), ...this.#pieces]);
  }

  #closePiece(): void {
    if (this.#openLength === 0) return;
    this.#pieces.push(concatBytes(this.#open));
    this.#open = [];
    this.#openLength = 0;
  }

  /** Lets the oldest piece go, up to a line's end in the next. */
  #drop(): void {
    const gone = this.#pieces.shift()!;
    this.#length -= gone.length;
    this.#remember(gone);
    const next = this.#pieces[0];
    const end = next.indexOf(10) + 1;
    if (end === 0) return;
    this.#remember(next.subarray(0, end));
    this.#pieces[0] = next.subarray(end);
    this.#length -= end;
  }

  #remember(bytes: Uint8Array): void {
    for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
      const match = /^\x1b\[\?([\d;]+)([hl])/.exec(String.fromCharCode(...bytes.subarray(at, at + 24)));
      if (!match) continue;
      for (const mode of match[1].split(';')) {
        this.#modes.delete(mode);
        this.#modes.set(mode, match[2] as 'h' | 'l');
      }
    }
  }
}
