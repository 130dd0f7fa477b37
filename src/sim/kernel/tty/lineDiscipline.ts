import type { Termios } from '../abi.ts';
import { TTY_LINE_MAX } from '../limits.ts';
import { CC, SANE } from './termios.ts';

/** What the line discipline tells its terminal. */
export interface LineEvents {
  /** Bytes for the screen, as they are. */
  show(bytes: readonly number[]): void;
  /** Bytes for the reader; an empty array is end of file. */
  deliver(bytes: Uint8Array): void;
  signal(name: 'SIGINT' | 'SIGQUIT' | 'SIGTSTP'): void;
  /** ^S and ^Q. */
  flow(stopped: boolean): void;
}

const BACKSPACE = 0x08;
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/** N_TTY: what a terminal does between the keyboard and the program, and between the program and the screen. */
export class LineDiscipline {
  readonly termios: Termios = { ...SANE };
  readonly #events: LineEvents;
  #line: number[] = [];
  #literalNext = false;
  #stopped = false;
  /** Column of the cursor, and where the line being typed begins: what erasing a tab needs. */
  #column = 0;
  #lineColumn = 0;

  constructor(events: LineEvents) {
    this.#events = events;
  }

  get outputStopped(): boolean {
    return this.#stopped;
  }

  /** A change of settings: what was typed so far becomes readable when canonical mode is left. */
  change(change: Partial<Termios>): void {
    Object.assign(this.termios, change);
    if (!this.termios.icanon && this.#line.length > 0) this.#flush();
  }

  /** Bytes from the keyboard. */
  input(data: Uint8Array): void {
    const t = this.termios;
    if (!t.icanon && !t.isig && !t.ixon && !t.echo && !t.icrnl && !t.igncr && !t.inlcr) {
      this.#events.deliver(data.slice());
      return;
    }
    const raw: number[] = [];
    for (const byte of data) {
      const taken = this.#control(byte);
      if (taken) continue;
      const mapped = this.#mapInput(byte);
      if (mapped < 0) continue;
      if (t.icanon) this.#canonical(mapped);
      else {
        raw.push(mapped);
        if (t.echo) this.#echo(mapped);
      }
    }
    if (raw.length > 0) this.#events.deliver(Uint8Array.from(raw));
  }

  /** Bytes from a program, made ready for the screen. */
  output(data: Uint8Array): Uint8Array {
    if (!this.termios.opost || !this.termios.onlcr || data.indexOf(LF) < 0) {
      for (const byte of data) this.#track(byte);
      return data;
    }
    const out: number[] = [];
    for (const byte of data) {
      if (byte === LF) {
        out.push(CR);
        this.#column = 0;
      }
      out.push(byte);
      this.#track(byte);
    }
    return Uint8Array.from(out);
  }

  #mapInput(byte: number): number {
    const t = this.termios;
    if (this.#literalNext) return byte;
    if (byte === CR) return t.igncr ? -1 : t.icrnl ? LF : CR;
    if (byte === LF && t.inlcr) return CR;
    return byte;
  }

  /** Signals and flow control; true if the byte was one. */
  #control(byte: number): boolean {
    const t = this.termios;
    if (this.#literalNext) return false;
    if (t.ixon) {
      if (byte === CC.stop || byte === CC.start) {
        this.#stopped = byte === CC.stop;
        this.#events.flow(this.#stopped);
        return true;
      }
      if (this.#stopped && !(t.isig && (byte === CC.intr || byte === CC.quit || byte === CC.susp))) return false;
    }
    if (!t.isig) return false;
    const signal = byte === CC.intr ? 'SIGINT' : byte === CC.quit ? 'SIGQUIT' : byte === CC.susp ? 'SIGTSTP' : undefined;
    if (!signal) return false;
    this.#line = [];
    if (this.#stopped) {
      this.#stopped = false;
      this.#events.flow(false);
    }
    if (t.echo) this.#echo(byte);
    this.#events.signal(signal);
    return true;
  }

  #canonical(byte: number): void {
    const t = this.termios;
    if (this.#literalNext) {
      this.#literalNext = false;
      this.#append(byte);
      return;
    }
    switch (byte) {
      case CC.erase:
      case BACKSPACE:
        if (byte === BACKSPACE) break;
        this.#erase();
        return;
      case CC.kill:
        while (this.#line.length > 0) this.#erase();
        return;
      case CC.werase:
        if (!t.iexten) break;
        this.#eraseWord();
        return;
      case CC.lnext:
        if (!t.iexten) break;
        this.#literalNext = true;
        if (t.echo && t.echoctl) this.#show([0x5e, BACKSPACE]);
        return;
      case CC.reprint:
        if (!t.iexten) break;
        this.#echo(byte);
        this.#show([CR, LF]);
        for (const old of this.#line) this.#echo(old);
        return;
      case CC.eof:
        this.#flush(true);
        return;
      case LF:
        if (t.echo) this.#show(t.opost && t.onlcr ? [CR, LF] : [LF]);
        this.#line.push(LF);
        this.#flush();
        return;
    }
    this.#append(byte);
  }

  #append(byte: number): void {
    if (this.#line.length >= TTY_LINE_MAX) return;
    if (this.#line.length === 0) this.#lineColumn = this.#column;
    this.#line.push(byte);
    if (this.termios.echo) this.#echo(byte);
  }

  #flush(endOfFile = false): void {
    const line = Uint8Array.from(this.#line);
    this.#line = [];
    if (line.length > 0 || endOfFile) this.#events.deliver(line);
  }

  /** Takes the last character (all bytes of it) from the line and from the screen. */
  #erase(): void {
    if (this.#line.length === 0) return;
    const removed: number[] = [];
    do removed.unshift(this.#line.pop() as number);
    while ((removed[0] & 0xc0) === 0x80 && this.#line.length > 0);
    if (!this.termios.echo || !this.termios.echoe) return;
    const width = removed[0] === TAB ? this.#column - this.#widthOfLine() : this.#width(removed[0]);
    for (let i = 0; i < width; i++) {
      if (removed[0] === TAB) this.#show([BACKSPACE]);
      else this.#show([BACKSPACE, SPACE, BACKSPACE]);
    }
  }

  #eraseWord(): void {
    const isWord = (byte: number) => byte >= 0x80 || byte === 0x5f || (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
    while (this.#line.length > 0 && !isWord(this.#line[this.#line.length - 1])) this.#erase();
    while (this.#line.length > 0 && isWord(this.#line[this.#line.length - 1])) this.#erase();
  }

  #width(byte: number): number {
    if (byte < 0x20 || byte === 0x7f) return this.termios.echoctl ? 2 : 0;
    return 1;
  }

  /** Column at which what is left of the line ends. */
  #widthOfLine(): number {
    let column = this.#lineColumn;
    for (const byte of this.#line) {
      if (byte === TAB) column = (column | 7) + 1;
      else if ((byte & 0xc0) !== 0x80) column += this.#width(byte);
    }
    return column;
  }

  #echo(byte: number): void {
    if (byte === LF) this.#show(this.termios.opost && this.termios.onlcr ? [CR, LF] : [LF]);
    else if (this.termios.echoctl && byte !== TAB && (byte < 0x20 || byte === 0x7f)) this.#show([0x5e, byte ^ 0x40]);
    else this.#show([byte]);
  }

  #show(bytes: readonly number[]): void {
    for (const byte of bytes) this.#track(byte);
    this.#events.show(bytes);
  }

  #track(byte: number): void {
    if (byte === CR || byte === LF) this.#column = byte === CR || this.termios.onlcr ? 0 : this.#column;
    else if (byte === BACKSPACE) this.#column = Math.max(0, this.#column - 1);
    else if (byte === TAB) this.#column = (this.#column | 7) + 1;
    else if (byte >= 0x20 && byte !== 0x7f && (byte & 0xc0) !== 0x80) this.#column++;
  }
}
