/** Turns what a terminal sends into key names: 'a', 'C-a', 'M-b', 'Up', 'Delete', 'PasteStart'... */

const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'Up',
  '[B': 'Down',
  '[C': 'Right',
  '[D': 'Left',
  '[H': 'Home',
  '[F': 'End',
  OA: 'Up',
  OB: 'Down',
  OC: 'Right',
  OD: 'Left',
  OH: 'Home',
  OF: 'End',
  '[1~': 'Home',
  '[2~': 'Insert',
  '[3~': 'Delete',
  '[4~': 'End',
  '[5~': 'PageUp',
  '[6~': 'PageDown',
  '[7~': 'Home',
  '[8~': 'End',
  '[1;5C': 'M-f',
  '[1;5D': 'M-b',
  '[1;3C': 'M-f',
  '[1;3D': 'M-b',
  '[5C': 'M-f',
  '[5D': 'M-b',
  '[3;5~': 'M-d',
  '[200~': 'PasteStart',
  '[201~': 'PasteEnd',
  '[Z': 'S-Tab',
};

export class KeyDecoder {
  #pending = '';

  /** True in the middle of an escape sequence. */
  get waiting(): boolean {
    return this.#pending !== '';
  }

  /** Takes one character; answers with a key when one is complete. */
  feed(c: string): string | undefined {
    if (this.#pending === '') {
      if (c === '\x1b') {
        this.#pending = c;
        return undefined;
      }
      return keyOf(c);
    }
    this.#pending += c;
    const body = this.#pending.slice(1);
    if (body === '[' || body === 'O') return undefined;
    if (body[0] === '[' || body[0] === 'O') {
      if (!/[@-Z\\^_a-z{|}~]$/.test(body) || body === '[[') return undefined;
      this.#pending = '';
      return SEQUENCES[body] ?? 'Unknown';
    }
    this.#pending = '';
    return c === '\x1b' ? 'Unknown' : `M-${keyOf(c)}`;
  }
}

function keyOf(c: string): string {
  const code = c.charCodeAt(0);
  if (code === 127) return 'Backspace';
  if (code >= 32) return c;
  return `C-${String.fromCharCode(code + 64).toLowerCase()}`;
}
