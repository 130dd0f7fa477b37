import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { S_IFCHR, type Stat, type Termios, type WindowSize } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import type { Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';
import { LineDiscipline } from './lineDiscipline.ts';

/** Bytes that the screen's reader may lag behind before programs block. */
const OUTPUT_MAX = 65_536;

/** A process group as the terminal sees it: compared, and signalled through `TtyHost`. */
export type GroupRef = object;

/** What a terminal needs of the kernel. */
export interface TtyHost<G extends GroupRef> {
  signal(group: G, name: 'SIGINT' | 'SIGQUIT' | 'SIGTSTP' | 'SIGWINCH' | 'SIGHUP' | 'SIGCONT'): void;
  /** Before a read (SIGTTIN) or a change of settings (SIGTTOU) by a background process: stops it, or throws EIO. */
  checkForeground(pty: Pty, signal: 'SIGTTIN' | 'SIGTTOU'): Sim<void>;
  block(queue: WaitQueue): Sim<void>;
  now(): number;
}

/** A pseudo terminal: the master is keyboard and screen, the slave is what programs open. */
// biome-ignore lint/suspicious/noExplicitAny: a terminal only hands the group back to its host
export class Pty<G extends GroupRef = any> {
  readonly number: number;
  readonly #host: TtyHost<G>;
  readonly #discipline: LineDiscipline;
  /** Lines (canonical) or bytes (raw) ready for readers; an empty entry is end of file. */
  readonly #ready: Uint8Array[] = [];
  #screen: Uint8Array[] = [];
  #screenBytes = 0;
  readonly changed = new WaitQueue();
  size: WindowSize;
  foreground: G | undefined;
  /** The session that has it as controlling terminal. */
  session: object | undefined;
  uid = 0;
  gid = 5;
  mode = 0o620;
  slaves = 0;
  #everOpened = false;
  #masters = 0;
  hungUp = false;
  /** The master was closed for good. */
  onClosed: (() => void) | undefined;

  constructor(number: number, size: WindowSize, host: TtyHost<G>) {
    this.number = number;
    this.size = size;
    this.#host = host;
    this.#discipline = new LineDiscipline({
      show: (bytes) => this.#print(Uint8Array.from(bytes)),
      deliver: (bytes) => {
        this.#ready.push(bytes);
        this.changed.wake();
      },
      signal: (name) => {
        this.#ready.length = 0;
        if (this.foreground) this.#host.signal(this.foreground, name);
      },
      flow: () => this.changed.wake(),
    });
  }

  get path(): string {
    return `/dev/pts/${this.number}`;
  }

  get termios(): Termios {
    return { ...this.#discipline.termios };
  }

  setTermios(change: Partial<Termios>): void {
    this.#discipline.change(change);
    this.changed.wake();
  }

  setSize(size: WindowSize): void {
    if (size.rows === this.size.rows && size.columns === this.size.columns) return;
    this.size = size;
    if (this.foreground) this.#host.signal(this.foreground, 'SIGWINCH');
  }

  /** The session's leader has gone. */
  disown(): void {
    this.session = undefined;
    this.foreground = undefined;
  }

  /** Key presses, from the host's side. */
  type(data: Uint8Array): void {
    if (!this.hungUp) this.#discipline.input(data);
  }

  /** What is on its way to the screen; empties it. */
  takeScreen(): Uint8Array[] {
    const out = this.#screen;
    this.#screen = [];
    this.#screenBytes = 0;
    if (out.length > 0) this.changed.wake();
    return out;
  }

  get screenBytes(): number {
    return this.#screenBytes;
  }

  #print(data: Uint8Array): void {
    this.#screen.push(data);
    this.#screenBytes += data.length;
    this.changed.wake();
  }

  get readyToRead(): boolean {
    return this.#ready.length > 0 || this.hungUp;
  }

  get readyToWrite(): boolean {
    return this.hungUp || (this.#screenBytes < OUTPUT_MAX && !this.#discipline.outputStopped);
  }

  *read(count: number): Sim<Uint8Array> {
    yield* this.#host.checkForeground(this, 'SIGTTIN');
    while (this.#ready.length === 0) {
      if (this.hungUp) return EMPTY_BYTES;
      yield* this.#host.block(this.changed);
      yield* this.#host.checkForeground(this, 'SIGTTIN');
    }
    const first = this.#ready[0];
    if (first.length > count) {
      this.#ready[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    this.#ready.shift();
    this.changed.wake();
    return first;
  }

  *write(data: Uint8Array): Sim<number> {
    for (let at = 0; at < data.length; ) {
      while (!this.readyToWrite) yield* this.#host.block(this.changed);
      if (this.hungUp) throw new Errno('EIO');
      const part = data.slice(at, at + 4096);
      this.#print(this.#discipline.output(part));
      at += part.length;
    }
    return data.length;
  }

  checkBackgroundChange(): Sim<void> {
    return this.#host.checkForeground(this, 'SIGTTOU');
  }

  openMaster(): PtyMaster {
    this.#masters++;
    return new PtyMaster(this);
  }

  openSlave(readable: boolean, writable: boolean): PtySlave {
    if (this.hungUp) throw new Errno('EIO');
    this.slaves++;
    this.#everOpened = true;
    return new PtySlave(this, readable, writable);
  }

  /** All slaves were closed again: the master reads end of file. */
  get abandoned(): boolean {
    return this.#everOpened && this.slaves === 0;
  }

  closeMaster(): void {
    if (--this.#masters > 0) return;
    this.hangUp();
  }

  /** The screen went away: SIGHUP to the foreground group, end of file and EIO for who still holds it. */
  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    if (this.foreground) {
      this.#host.signal(this.foreground, 'SIGHUP');
      this.#host.signal(this.foreground, 'SIGCONT');
    }
    this.changed.wake();
    this.onClosed?.();
  }

  closeSlave(): void {
    this.slaves--;
    this.changed.wake();
  }

  /** Blocks the master's reader. */
  *waitForScreen(): Sim<void> {
    yield* this.#host.block(this.changed);
  }

  stat(): Stat {
    const now = this.#host.now();
    return {
      dev: 24, ino: this.number + 3, mode: S_IFCHR | this.mode, nlink: 1, uid: this.uid, gid: this.gid, rdev: 136 * 256 + this.number, size: 0, blocks: 0,
      atime: now, mtime: now, ctime: now,
    };
  }
}

/** The end that a terminal emulator, `script` or a container runtime holds. */
export class PtyMaster implements OpenFile {
  readonly kind = 'tty';
  readonly readable = true;
  readonly writable = true;
  readonly pty: Pty;

  constructor(pty: Pty) {
    this.pty = pty;
  }

  get name(): string {
    return '/dev/ptmx';
  }

  get changed(): WaitQueue {
    return this.pty.changed;
  }

  /** EIO (as Linux) when all slaves are closed. */
  *read(count: number): Sim<Uint8Array> {
    while (this.pty.screenBytes === 0) {
      if (this.pty.abandoned || this.pty.hungUp) throw new Errno('EIO');
      yield* this.pty.waitForScreen();
    }
    const chunks = this.pty.takeScreen();
    if (chunks.length === 1) return chunks[0];
    let length = 0;
    for (const chunk of chunks) length += chunk.length;
    const out = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
    void count;
    return out;
  }

  *write(data: Uint8Array): Sim<number> {
    this.pty.type(data);
    return data.length;
  }

  poll(): Readiness {
    const hangup = this.pty.abandoned || this.pty.hungUp;
    return { readable: this.pty.screenBytes > 0 || hangup, writable: true, hangup };
  }

  stat(): Stat {
    return { ...this.pty.stat(), rdev: 5 * 256 + 2 };
  }

  close(): void {
    this.pty.closeMaster();
  }
}

/** /dev/pts/N as a program has it open. */
export class PtySlave implements OpenFile {
  readonly kind = 'tty';
  readonly readable: boolean;
  readonly writable: boolean;
  readonly pty: Pty;

  constructor(pty: Pty, readable: boolean, writable: boolean) {
    this.pty = pty;
    this.readable = readable;
    this.writable = writable;
  }

  get name(): string {
    return this.pty.path;
  }

  get changed(): WaitQueue {
    return this.pty.changed;
  }

  read(count: number): Sim<Uint8Array> {
    return this.pty.read(count);
  }

  write(data: Uint8Array): Sim<number> {
    return this.pty.write(data);
  }

  poll(): Readiness {
    return { readable: this.pty.readyToRead, writable: this.pty.readyToWrite, hangup: this.pty.hungUp };
  }

  stat(): Stat {
    return this.pty.stat();
  }

  reopen(readable: boolean, writable: boolean): OpenFile {
    return this.pty.openSlave(readable, writable);
  }

  close(): void {
    this.pty.closeSlave();
  }
}
