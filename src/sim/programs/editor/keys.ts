/** Keys as a full-screen program reads them from a raw tty. */
import type { Sim } from '../../kernel/sim.ts';
import { poll, read } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';

/** A printable character as itself, or a name: 'Enter', 'Up', 'Ctrl-X', 'Alt-x', 'Home', 'Paste' ... */
export interface Key {
  readonly name: string;
  /** The text of a bracketed paste. */
  readonly text?: string;
}

/** How long a lone ESC waits for the rest of a sequence, in microseconds (vim's ttimeoutlen of 50 ms). */
const ESCAPE_WAIT = 50_000;

const CSI_LETTERS: Readonly<Record<string, string>> = { A: 'Up', B: 'Down', C: 'Right', D: 'Left', H: 'Home', F: 'End', Z: 'Shift-Tab' };
const CSI_NUMBERS: Readonly<Record<string, string>> = {
  '1': 'Home',
  '2': 'Insert',
  '3': 'Delete',
  '4': 'End',
  '5': 'PageUp',
  '6': 'PageDown',
  '7': 'Home',
  '8': 'End',
};
const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';

export class KeyReader {
  readonly #fd: number;
  readonly #altKeys: boolean;
  readonly #decoder = new Utf8Decoder();
  #buffer = '';
  #ended = false;

  /** Without `altKeys`, ESC and a letter are two keys however fast they come: vi has no Alt keys, and its users type Esc and go on. */
  constructor(fd: number, { altKeys = true } = {}) {
    this.#fd = fd;
    this.#altKeys = altKeys;
  }

  /** The next key; null at end of input (the terminal went away). */
  *next(): Sim<Key | null> {
    if (!(yield* this.#fill(1))) return null;
    if (this.#buffer[0] !== '\x1b') return this.#plain();
    if (!(yield* this.#soon(2))) return this.#take(1, 'Esc');
    const introducer = this.#buffer[1];
    if (introducer === '[' || introducer === 'O') {
      if (!(yield* this.#soon(3))) return this.#altKeys ? this.#take(2, `Alt-${introducer}`) : this.#take(1, 'Esc');
      if (introducer === '[') return yield* this.#csi();
      const name = CSI_LETTERS[this.#buffer[2]];
      return name === undefined && !this.#altKeys ? this.#take(1, 'Esc') : this.#take(3, name ?? 'Unknown');
    }
    if (!this.#altKeys) return this.#take(1, 'Esc');
    const char = String.fromCodePoint(this.#buffer.codePointAt(1)!);
    return this.#take(1 + char.length, `Alt-${char}`);
  }

  *#csi(): Sim<Key | null> {
    for (;;) {
      const match = /^\x1b\[([0-9;?]*)([@-~])/.exec(this.#buffer);
      if (match) {
        if (match[0] === PASTE_BEGIN) return yield* this.#paste();
        const [number, modifier] = match[1].split(';');
        const base = match[2] === '~' ? CSI_NUMBERS[number] : CSI_LETTERS[match[2]];
        const prefix = modifier === '5' ? 'Ctrl-' : modifier === '3' ? 'Alt-' : modifier === '2' ? 'Shift-' : '';
        return this.#take(match[0].length, base ? prefix + base : 'Unknown');
      }
      if (!/^\x1b\[[0-9;?]*$/.test(this.#buffer) || !(yield* this.#fill(this.#buffer.length + 1))) return this.#take(2, 'Unknown');
    }
  }

  *#paste(): Sim<Key | null> {
    let end = this.#buffer.indexOf(PASTE_END);
    while (end < 0) {
      if (!(yield* this.#fill(this.#buffer.length + 1))) return null;
      end = this.#buffer.indexOf(PASTE_END);
    }
    const text = this.#buffer.slice(PASTE_BEGIN.length, end).replace(/\r\n?/g, '\n');
    this.#buffer = this.#buffer.slice(end + PASTE_END.length);
    return { name: 'Paste', text };
  }

  #plain(): Key {
    const char = String.fromCodePoint(this.#buffer.codePointAt(0)!);
    const code = char.charCodeAt(0);
    if (char === '\r' || char === '\n') return this.#take(1, char === '\r' ? 'Enter' : 'Ctrl-J');
    if (char === '\t') return this.#take(1, 'Tab');
    if (code === 0x7f) return this.#take(1, 'Backspace');
    if (code < 0x20) return this.#take(1, `Ctrl-${String.fromCharCode(code + 0x40)}`);
    return this.#take(char.length, char);
  }

  #take(length: number, name: string): Key {
    this.#buffer = this.#buffer.slice(length);
    return { name };
  }

  *#fill(length: number): Sim<boolean> {
    while (this.#buffer.length < length) {
      if (this.#ended) return false;
      const bytes = yield* read(this.#fd, 4096);
      if (bytes.length === 0) this.#ended = true;
      else this.#buffer += this.#decoder.decode(bytes);
    }
    return true;
  }

  /** Whether the buffer holds `length` characters within the wait. */
  *#soon(length: number): Sim<boolean> {
    if (this.#buffer.length >= length) return true;
    const ready = yield* poll([{ fd: this.#fd, read: true }], ESCAPE_WAIT);
    return ready.length > 0 && (yield* this.#fill(length));
  }
}
