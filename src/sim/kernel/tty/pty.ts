/**
 * Pseudo terminals: a master end (keyboard in, screen out) and a slave end for programs, with the line discipline of
 * tty_ldisc N_TTY between them (termios(3)).
 */

import { charWidth } from '../../lib/charWidth.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { type Disposition, S_IFCHR, type SignalName, type Stat, type Termios, type WindowSize } from '../abi.ts';
import { Errno } from '../errno.ts';
import { TERMINAL_BYTES_PER_SECOND, TERMINAL_LAG, TTY_LINE_MAX } from '../limits.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import { interruptibleWait } from '../process/wait.ts';
import { SELF, type Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';

const EMPTY = new Uint8Array(0);
const SCREEN_BUFFER = 1 << 18;

export const COOKED: Termios = {
  icanon: true,
  echo: true,
  echoe: true,
  echoctl: true,
  isig: true,
  iexten: true,
  icrnl: true,
  inlcr: false,
  igncr: false,
  ixon: true,
  opost: true,
  onlcr: true,
};
export const RAW: Termios = { ...COOKED, icanon: false, echo: false, isig: false, iexten: false, icrnl: false, ixon: false, opost: false };

const CTRL = {
  c: 3,
  d: 4,
  backspace: 8,
  tab: 9,
  lf: 10,
  cr: 13,
  q: 17,
  r: 18,
  s: 19,
  u: 21,
  v: 22,
  w: 23,
  z: 26,
  backslash: 28,
  del: 127,
} as const;

/** As much of a process as job control needs; `process.ts` has the whole. */
export interface TtyProcess {
  readonly pids: ReadonlyMap<object, number>;
  readonly tty: Pty | undefined;
  readonly group: TtyProcess;
  readonly session: TtyProcess;
  readonly credentials: { readonly uid: number };
  readonly dispositions: ReadonlyMap<SignalName, Disposition>;
  readonly kernel: { readonly scheduler: { readonly now: number }; groupMembers(leader: unknown): readonly TtyProcess[] };
  signal(name: SignalName, fromOutside?: boolean): void;
  deliverSignals(thread: unknown): Sim<void>;
}

export class Pty {
  readonly number: number;
  readonly termios: Termios = { ...COOKED };
  size: WindowSize;
  session: TtyProcess | undefined;
  foreground: TtyProcess | undefined;
  readonly #now: () => number;
  /** Bytes that a reader of the slave may take; an empty chunk is an end of file (^D). */
  #input: Uint8Array[] = [];
  /** The line being typed in canonical mode. */
  #line: number[] = [];
  #literal = false;
  #stopped = false;
  /** Column where the edited line began, for erasing tabs. */
  #column = 0;
  #lineStart = 0;
  #screen: Uint8Array[] = [];
  #screenLength = 0;
  /** The terminal of the page had drawn all at this time, and was given so many bytes since. */
  #drawn = 0;
  #undrawn = 0;
  readonly inputChanged = new WaitQueue();
  readonly screenChanged = new WaitQueue();
  slaves = 0;
  #everOpened = false;
  #hungUp = false;
  /** Takes the screen's bytes at once instead of buffering them (the page, a recorder). */
  onOutput: ((data: Uint8Array) => void) | undefined;

  constructor(number: number, size: WindowSize, now: () => number) {
    this.number = number;
    this.size = size;
    this.#now = now;
  }

  get path(): string {
    return `/dev/pts/${this.number}`;
  }

  get hungUp(): boolean {
    return this.#hungUp;
  }

  // ---- keyboard ----

  /** Bytes from the keyboard. */
  type(data: Uint8Array): void {
    for (const byte of data) this.#key(byte);
  }

  #key(raw: number): void {
    const t = this.termios;
    let byte = raw;
    if (this.#literal) {
      this.#literal = false;
      return this.#accept(byte);
    }
    if (byte === CTRL.cr && t.igncr) return;
    if (byte === CTRL.cr && t.icrnl) byte = CTRL.lf;
    else if (byte === CTRL.lf && t.inlcr) byte = CTRL.cr;
    if (t.ixon) {
      if (byte === CTRL.s) {
        this.#stopped = true;
        return;
      }
      if (byte === CTRL.q) return this.#restartOutput();
    }
    if (t.isig) {
      const signal: SignalName | undefined =
        byte === CTRL.c ? 'SIGINT' : byte === CTRL.backslash ? 'SIGQUIT' : byte === CTRL.z ? 'SIGTSTP' : undefined;
      if (signal) {
        this.#restartOutput();
        this.#line = [];
        this.#input = [];
        this.#echoBytes([byte]);
        return this.signalForeground(signal);
      }
    }
    if (!t.icanon) return this.#acceptRaw(byte);
    switch (byte) {
      case CTRL.del:
        return this.#erase();
      case CTRL.u:
        while (this.#line.length > 0) this.#erase();
        return;
      case CTRL.w:
        if (t.iexten) return this.#eraseWord();
        break;
      case CTRL.v:
        if (t.iexten) {
          this.#literal = true;
          if (t.echo) this.#put([0x5e, CTRL.backspace]);
          return;
        }
        break;
      case CTRL.r:
        if (t.iexten) {
          this.#echoBytes([byte]);
          this.#put([CTRL.lf]);
          if (t.echo) for (const b of this.#line) this.#echoBytes([b]);
          return;
        }
        break;
      case CTRL.d:
        return this.#deliver();
      case CTRL.lf:
        if (t.echo) this.#put([CTRL.lf]);
        this.#line.push(byte);
        return this.#deliver();
      default:
    }
    this.#accept(byte);
  }

  #accept(byte: number): void {
    if (!this.termios.icanon) return this.#acceptRaw(byte);
    if (this.#line.length >= TTY_LINE_MAX) return;
    if (this.#line.length === 0) this.#lineStart = this.#column;
    this.#line.push(byte);
    this.#echoBytes([byte]);
  }

  #acceptRaw(byte: number): void {
    this.#input.push(Uint8Array.of(byte));
    this.#echoBytes([byte]);
    this.inputChanged.wake();
  }

  /** The line so far becomes readable (Enter, ^D). */
  #deliver(): void {
    this.#input.push(Uint8Array.from(this.#line));
    this.#line = [];
    this.inputChanged.wake();
  }

  #echoBytes(bytes: readonly number[]): void {
    const { echo, echoctl } = this.termios;
    if (!echo) return;
    for (const byte of bytes) {
      if (byte === CTRL.lf || byte === CTRL.tab || (byte >= 0x20 && byte !== CTRL.del) || !echoctl) this.#put([byte]);
      else this.#put([0x5e, byte === CTRL.del ? 0x3f : byte + 0x40]);
    }
  }

  #erase(): void {
    if (this.#line.length === 0) return;
    // A character of several bytes goes as a whole.
    let length = 1;
    while (length < this.#line.length && (this.#line[this.#line.length - length] & 0xc0) === 0x80) length++;
    const before = this.#lineWidth();
    const wasTab = this.#line[this.#line.length - 1] === CTRL.tab;
    this.#line.length -= length;
    if (!this.termios.echo || !this.termios.echoe) return;
    // The screen under a tab is blank already: only the cursor goes back.
    for (let i = this.#lineWidth(); i < before; i++) this.#put(wasTab ? [CTRL.backspace] : [CTRL.backspace, 0x20, CTRL.backspace]);
  }

  /** Takes away the last word and what follows it; letters, digits and _ make a word (n_tty.c, ALTWERASE). */
  #eraseWord(): void {
    const isWord = (b: number) => b >= 0x80 || b === 0x5f || (b >= 0x30 && b <= 0x39) || ((b | 0x20) >= 0x61 && (b | 0x20) <= 0x7a);
    while (this.#line.length > 0 && !isWord(this.#line[this.#line.length - 1])) this.#erase();
    while (this.#line.length > 0 && isWord(this.#line[this.#line.length - 1])) this.#erase();
  }

  #restartOutput(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.screenChanged.wake();
  }

  /** Columns that the edited line takes on the screen. */
  #lineWidth(): number {
    let column = this.#lineStart;
    for (const char of decodeUtf8(Uint8Array.from(this.#line))) {
      const code = char.codePointAt(0)!;
      if (code === CTRL.tab) column += 8 - (column % 8);
      else if (code < 0x20 || code === CTRL.del) column += 2;
      else column += charWidth(code);
    }
    return column - this.#lineStart;
  }

  // ---- screen ----

  /** Output with post-processing: LF becomes CR LF. */
  #put(bytes: Iterable<number>): void {
    const { opost, onlcr } = this.termios;
    const out: number[] = [];
    for (const byte of bytes) {
      if (opost && onlcr && byte === CTRL.lf) out.push(CTRL.cr);
      out.push(byte);
      if (byte === CTRL.lf || byte === CTRL.cr) this.#column = 0;
      else if (byte === CTRL.backspace) this.#column = Math.max(0, this.#column - 1);
      else if (byte === CTRL.tab) this.#column += 8 - (this.#column % 8);
      else if (byte >= 0x20 && (byte & 0xc0) !== 0x80) this.#column++;
    }
    const data = Uint8Array.from(out);
    if (this.onOutput) {
      this.#undrawn += data.length;
      return this.onOutput(data);
    }
    this.#screen.push(data);
    this.#screenLength += data.length;
    this.screenChanged.wake();
  }

  *write(data: Uint8Array): Sim<number> {
    while (!this.#hungUp && (this.#stopped || this.#screenLength > SCREEN_BUFFER)) yield* interruptibleWait(this.screenChanged);
    if (this.onOutput) yield* this.#keepPace();
    if (this.#hungUp) throw new Errno('EIO');
    if (data.length > 0) this.#put(data);
    return data.length;
  }

  /** A terminal draws so many bytes a second and no more: who prints without end waits for it. */
  *#keepPace(): Sim<void> {
    const { scheduler } = ((yield SELF) as { readonly process: TtyProcess }).process.kernel;
    const drawn = () => this.#drawn + Math.ceil((this.#undrawn * 1_000_000) / TERMINAL_BYTES_PER_SECOND);
    while (!this.#hungUp && drawn() - scheduler.now > TERMINAL_LAG) yield* interruptibleWait([], drawn() - TERMINAL_LAG);
    if (drawn() > scheduler.now) return;
    this.#drawn = scheduler.now;
    this.#undrawn = 0;
  }

  /** Screen bytes for the master. */
  takeScreen(count: number): Uint8Array {
    const first = this.#screen[0];
    if (!first) return EMPTY;
    const part = first.subarray(0, count);
    if (part.length === first.length) this.#screen.shift();
    else this.#screen[0] = first.subarray(count);
    this.#screenLength -= part.length;
    this.screenChanged.wake();
    return part;
  }

  get screenReady(): boolean {
    return this.#screenLength > 0;
  }

  get inputReady(): boolean {
    return this.#input.length > 0;
  }

  // ---- programs ----

  *read(count: number): Sim<Uint8Array> {
    const thread = (yield SELF) as { readonly process: TtyProcess };
    for (;;) {
      yield* thread.process.deliverSignals(thread);
      yield* this.#checkForeground(thread.process, 'SIGTTIN');
      const first = this.#input[0];
      if (first) {
        if (this.termios.icanon || first.length >= count) {
          if (first.length <= count) {
            this.#input.shift();
            return first;
          }
          this.#input[0] = first.subarray(count);
          return first.slice(0, count);
        }
        const parts: number[] = [];
        while (this.#input.length > 0 && parts.length + this.#input[0].length <= count) parts.push(...this.#input.shift()!);
        if (parts.length > 0) return Uint8Array.from(parts);
        continue;
      }
      if (this.#hungUp) return EMPTY;
      yield* interruptibleWait(this.inputChanged);
    }
  }

  /** A background process that reads is stopped (or gets EIO when it ignores the signal). */
  *#checkForeground(process: TtyProcess, signal: SignalName): Sim<void> {
    while (process.tty === this && this.foreground && process.group !== this.foreground && this.foreground.session === process.session) {
      if (process.dispositions.get(signal) === 'ignore') throw new Errno('EIO');
      for (const member of process.kernel.groupMembers(process.group)) member.signal(signal);
      yield* interruptibleWait([], process.kernel.scheduler.now + 1);
    }
  }

  // ---- control ----

  change(change: Partial<Termios>): void {
    const wasCanonical = this.termios.icanon;
    Object.assign(this.termios, change);
    // What was typed so far becomes readable at once when line editing is switched off.
    if (wasCanonical && !this.termios.icanon && this.#line.length > 0) this.#deliver();
  }

  resize(size: WindowSize): void {
    if (size.rows === this.size.rows && size.columns === this.size.columns) return;
    this.size = size;
    this.signalForeground('SIGWINCH');
  }

  signalForeground(signal: SignalName): void {
    const leader = this.foreground;
    if (leader) for (const process of leader.kernel.groupMembers(leader)) process.signal(signal, true);
  }

  /** The session leader has ended. */
  sessionEnded(): void {
    this.signalForeground('SIGHUP');
    this.session = undefined;
    this.foreground = undefined;
  }

  /** The terminal went away: readers get end of file, the session SIGHUP. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    if (this.session) {
      this.session.signal('SIGHUP', true);
      this.session.signal('SIGCONT', true);
    }
    this.signalForeground('SIGHUP');
    this.inputChanged.wake();
    this.screenChanged.wake();
  }

  /** Told by the slave ends as they open and close. */
  slaveOpened(): void {
    this.slaves++;
    this.#everOpened = true;
  }
  slaveClosed(): void {
    this.slaves--;
    this.screenChanged.wake();
  }
  /** Everybody who had the slave open has gone. */
  get abandoned(): boolean {
    return this.#everOpened && this.slaves === 0;
  }

  stat(): Stat {
    const now = this.#now();
    const uid = this.session?.credentials.uid ?? 0;
    return {
      dev: 24,
      ino: this.number + 3,
      mode: S_IFCHR | 0o620,
      nlink: 1,
      uid,
      gid: 5,
      rdev: 136 * 256 + this.number,
      size: 0,
      blocks: 0,
      atime: now,
      mtime: now,
      ctime: now,
    };
  }
}

/** What a program has open: /dev/pts/N. */
export class PtySlave implements OpenFile {
  readonly kind = 'tty';
  readonly pty: Pty;
  readonly readable: boolean;
  readonly writable: boolean;

  constructor(pty: Pty, readable = true, writable = true) {
    this.pty = pty;
    this.readable = readable;
    this.writable = writable;
    pty.slaveOpened();
  }

  get name(): string {
    return this.pty.path;
  }
  get changed(): WaitQueue {
    return this.pty.inputChanged;
  }
  read(count: number): Sim<Uint8Array> {
    return this.pty.read(count);
  }
  write(data: Uint8Array): Sim<number> {
    return this.pty.write(data);
  }
  poll(): Readiness {
    return { readable: this.pty.inputReady || this.pty.hungUp, writable: true, hangup: this.pty.hungUp };
  }
  stat(): Stat {
    return this.pty.stat();
  }
  reopen(readable: boolean, writable: boolean): OpenFile {
    return new PtySlave(this.pty, readable, writable);
  }
  close(): void {
    this.pty.slaveClosed();
  }
}

/** The keyboard and screen side, for programs that own a terminal (containerd-shim, script, sshd). */
export class PtyMaster implements OpenFile {
  readonly kind = 'tty';
  readonly pty: Pty;
  readonly readable = true;
  readonly writable = true;
  readonly name = '/dev/ptmx';

  constructor(pty: Pty) {
    this.pty = pty;
  }

  get changed(): WaitQueue {
    return this.pty.screenChanged;
  }
  *read(count: number): Sim<Uint8Array> {
    while (!this.pty.screenReady) {
      if (this.pty.abandoned || this.pty.hungUp) return EMPTY;
      yield* interruptibleWait(this.pty.screenChanged);
    }
    return this.pty.takeScreen(count);
  }
  *write(data: Uint8Array): Sim<number> {
    this.pty.type(data);
    return data.length;
  }
  poll(): Readiness {
    return { readable: this.pty.screenReady || this.pty.abandoned, writable: true, hangup: this.pty.abandoned };
  }
  stat(): Stat {
    return this.pty.stat();
  }
  close(): void {
    this.pty.hangUp();
  }
}

/** Text to a terminal's keyboard. */
export function typeText(pty: Pty, text: string): void {
  pty.type(encodeUtf8(text));
}
