/**
 * Pseudo terminals: a master end (keyboard in, screen out) and a slave end for programs, with a line discipline between
 * them, and job control: who may read, who gets the signals.
 */
import { type Disposition, S_IFCHR, type SignalName, type Stat, type Termios, type WindowSize } from '../abi.ts';
import { Errno } from '../errno.ts';
import { TERMINAL_BYTES_PER_SECOND, TERMINAL_LAG } from '../limits.ts';
import { interruptibleWait } from '../process/wait.ts';
import { SELF, type Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';
import { LineDiscipline } from './lineDiscipline.ts';

const EMPTY = new Uint8Array(0);
const SCREEN_BUFFER = 1 << 18;

/** As much of a process as job control needs; `process.ts` has the whole. */
export interface TtyProcess {
  readonly pids: ReadonlyMap<object, number>;
  readonly tty: Pty | undefined;
  readonly group: TtyProcess;
  readonly session: TtyProcess;
  readonly credentials: { readonly uid: number };
  /** Path of the program that it runs. */
  readonly exe: string;
  readonly dispositions: ReadonlyMap<SignalName, Disposition>;
  readonly kernel: { readonly scheduler: { readonly now: number }; groupMembers(leader: unknown): readonly TtyProcess[] };
  signal(name: SignalName, fromOutside?: boolean): void;
  deliverSignals(thread: unknown): Sim<void>;
}

/** A file to edit, and as whom. */
export interface EditorRequest {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** One terminal: what is typed and shown, whose it is, how large. */
export class Pty {
  readonly number: number;
  size: WindowSize;
  session: TtyProcess | undefined;
  foreground: TtyProcess | undefined;
  readonly #now: () => number;
  readonly #discipline: LineDiscipline;
  /** ^S: programs that write wait. */
  #stopped = false;
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
  /** Opens a file in the editor of the page that shows this terminal. */
  onEditorRequest: ((request: EditorRequest) => void) | undefined;

  constructor(number: number, size: WindowSize, now: () => number) {
    this.number = number;
    this.size = size;
    this.#now = now;
    this.#discipline = new LineDiscipline({
      output: (data) => this.#output(data),
      inputArrived: () => this.inputChanged.wake(),
      signal: (name) => this.signalForeground(name),
      stopOutput: () => {
        this.#stopped = true;
      },
      restartOutput: () => this.#restartOutput(),
    });
  }

  get termios(): Readonly<Termios> {
    return this.#discipline.termios;
  }

  /** The file of its slave end. */
  get path(): string {
    return `/dev/pts/${this.number}`;
  }

  get hungUp(): boolean {
    return this.#hungUp;
  }

  // ---- keyboard ----

  /** Bytes from the keyboard. */
  type(data: Uint8Array): void {
    for (const byte of data) this.#discipline.key(byte);
  }

  // ---- screen ----

  #restartOutput(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.screenChanged.wake();
  }

  #output(data: Uint8Array): void {
    if (this.onOutput) {
      this.#undrawn += data.length;
      return this.onOutput(data);
    }
    this.#screen.push(data);
    this.#screenLength += data.length;
    this.screenChanged.wake();
  }

  /** Bytes from a program. */
  *write(data: Uint8Array): Sim<number> {
    while (!this.#hungUp && (this.#stopped || this.#screenLength > SCREEN_BUFFER)) yield* interruptibleWait(this.screenChanged);
    if (this.onOutput) yield* this.#keepPace();
    if (this.#hungUp) throw new Errno('EIO');
    if (data.length > 0) this.#discipline.put(data);
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
    return this.#discipline.input.length > 0;
  }

  // ---- programs ----

  /** What a program reads. */
  *read(count: number): Sim<Uint8Array> {
    const thread = (yield SELF) as { readonly process: TtyProcess };
    for (;;) {
      yield* thread.process.deliverSignals(thread);
      yield* this.#checkForeground(thread.process, 'SIGTTIN');
      const { input } = this.#discipline;
      const first = input[0];
      if (first) {
        if (this.termios.icanon || first.length >= count) {
          if (first.length <= count) {
            input.shift();
            return first;
          }
          input[0] = first.subarray(count);
          return first.slice(0, count);
        }
        const parts: number[] = [];
        while (input.length > 0 && parts.length + input[0].length <= count) parts.push(...input.shift()!);
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

  /** Changes settings (tcsetattr). */
  change(change: Partial<Termios>): void {
    this.#discipline.change(change);
  }

  /** The window has another size now. */
  resize(size: WindowSize): void {
    if (size.rows === this.size.rows && size.columns === this.size.columns) return;
    this.size = size;
    this.signalForeground('SIGWINCH');
  }

  /** Sends a signal to the processes in the foreground. */
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
