interface Snapshot {
  readonly text: string;
  readonly point: number;
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}]/u.test(c);

/** The line that is being edited: text, point, undo, and the kill ring that outlives it. */
export class EditBuffer {
  text = '';
  /** Index into `text` in UTF-16 units, never inside a pair. */
  point = 0;
  mark = 0;
  readonly killRing: string[];
  #undo: Snapshot[] = [];
  #lastKind = '';
  #yanked: { start: number; length: number; index: number } | undefined;

  constructor(killRing: string[] = []) {
    this.killRing = killRing;
  }

  set(text: string, point = text.length): void {
    this.text = text;
    this.point = point;
  }

  /** Notes the state before a change. Characters typed in a row are undone together. */
  #before(kind: string): void {
    if (kind !== 'insert' || this.#lastKind !== 'insert') this.#undo.push({ text: this.text, point: this.point });
    this.#lastKind = kind;
  }

  /** Called for each command that is not an edit, so that kills in a row join only when they are in a row. */
  other(): void {
    this.#lastKind = '';
    this.#yanked = undefined;
  }

  undo(): boolean {
    const last = this.#undo.pop();
    if (!last) return false;
    this.set(last.text, last.point);
    this.#lastKind = 'undo';
    return true;
  }

  undoAll(): void {
    if (this.#undo.length > 0) {
      const first = this.#undo[0];
      this.#undo = [];
      this.set(first.text, first.text.length);
    }
  }

  clearUndo(): void {
    this.#undo = [];
    this.#lastKind = '';
  }

  insert(text: string): void {
    this.#before(text.length > 2 ? 'paste' : 'insert');
    this.text = this.text.slice(0, this.point) + text + this.text.slice(this.point);
    this.point += text.length;
  }

  replace(start: number, end: number, text: string): void {
    this.#before('replace');
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.point = start + text.length;
  }

  previous(i: number): number {
    if (i <= 0) return 0;
    const low = this.text.charCodeAt(i - 1);
    return i > 1 && low >= 0xdc00 && low < 0xe000 && this.text.charCodeAt(i - 2) >> 10 === 0x36 ? i - 2 : i - 1;
  }

  following(i: number): number {
    if (i >= this.text.length) return this.text.length;
    return (this.text.codePointAt(i) ?? 0) > 0xffff ? i + 2 : i + 1;
  }

  left(): boolean {
    if (this.point === 0) return false;
    this.point = this.previous(this.point);
    return true;
  }

  right(): boolean {
    if (this.point >= this.text.length) return false;
    this.point = this.following(this.point);
    return true;
  }

  wordStart(from = this.point): number {
    let i = from;
    while (i > 0 && !isWord(this.text[i - 1])) i--;
    while (i > 0 && isWord(this.text[i - 1])) i--;
    return i;
  }

  wordEnd(from = this.point): number {
    let i = from;
    while (i < this.text.length && !isWord(this.text[i])) i++;
    while (i < this.text.length && isWord(this.text[i])) i++;
    return i;
  }

  deleteBackward(): boolean {
    if (this.point === 0) return false;
    this.#before('delete');
    const from = this.previous(this.point);
    this.text = this.text.slice(0, from) + this.text.slice(this.point);
    this.point = from;
    return true;
  }

  deleteForward(): boolean {
    if (this.point >= this.text.length) return false;
    this.#before('delete');
    this.text = this.text.slice(0, this.point) + this.text.slice(this.following(this.point));
    return true;
  }

  /** Cuts a range into the kill ring; kills in a row are joined. */
  kill(start: number, end: number, backward: boolean): void {
    if (start === end) return;
    const joined = this.#lastKind === 'kill';
    this.#before('kill');
    const cut = this.text.slice(start, end);
    if (joined && this.killRing.length > 0) {
      const top = this.killRing.pop()!;
      this.killRing.push(backward ? cut + top : top + cut);
    } else this.killRing.push(cut);
    if (this.killRing.length > 10) this.killRing.shift();
    this.text = this.text.slice(0, start) + this.text.slice(end);
    this.point = start;
  }

  /** ^W: back to a blank. */
  killBlankWord(): boolean {
    let i = this.point;
    while (i > 0 && /\s/.test(this.text[i - 1])) i--;
    while (i > 0 && !/\s/.test(this.text[i - 1])) i--;
    if (i === this.point) return false;
    this.kill(i, this.point, true);
    return true;
  }

  yank(): boolean {
    const top = this.killRing[this.killRing.length - 1];
    if (top === undefined) return false;
    this.#before('yank');
    this.#yanked = { start: this.point, length: top.length, index: this.killRing.length - 1 };
    this.text = this.text.slice(0, this.point) + top + this.text.slice(this.point);
    this.point += top.length;
    return true;
  }

  /** M-y after a yank: the kill before. */
  yankPop(): boolean {
    const last = this.#yanked;
    if (!last || this.killRing.length === 0) return false;
    const index = (last.index - 1 + this.killRing.length) % this.killRing.length;
    const text = this.killRing[index];
    this.text = this.text.slice(0, last.start) + text + this.text.slice(last.start + last.length);
    this.point = last.start + text.length;
    this.#yanked = { start: last.start, length: text.length, index };
    return true;
  }

  transpose(): boolean {
    if (this.text.length < 2 || this.point === 0) return false;
    this.#before('transpose');
    const at = this.point >= this.text.length ? this.text.length - 1 : this.point;
    this.text = this.text.slice(0, at - 1) + this.text[at] + this.text[at - 1] + this.text.slice(at + 1);
    this.point = at + 1;
    return true;
  }

  transposeWords(): boolean {
    const end = this.wordEnd();
    const secondStart = this.wordStart(end);
    const firstStart = this.wordStart(secondStart);
    const firstEnd = this.wordEnd(firstStart);
    if (firstStart === secondStart || firstEnd > secondStart) return false;
    this.#before('transpose');
    const { text } = this;
    this.text =
      text.slice(0, firstStart) +
      text.slice(secondStart, end) +
      text.slice(firstEnd, secondStart) +
      text.slice(firstStart, firstEnd) +
      text.slice(end);
    this.point = end;
    return true;
  }

  changeCase(how: 'upper' | 'lower' | 'capital'): void {
    this.#before('case');
    const end = this.wordEnd();
    const word = this.text.slice(this.point, end);
    const at = word.search(/[\p{L}\p{N}]/u);
    const changed =
      how === 'upper'
        ? word.toUpperCase()
        : how === 'lower' || at < 0
          ? word.toLowerCase()
          : word.slice(0, at) + word[at].toUpperCase() + word.slice(at + 1).toLowerCase();
    this.text = this.text.slice(0, this.point) + changed + this.text.slice(end);
    this.point = end;
  }
}
