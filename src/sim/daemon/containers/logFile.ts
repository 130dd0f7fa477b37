/**
 * The log of a container that runs, as it is written: the current file, its rotation by max-size and max-file, and who waits
 * for more. Like moby's LogFile it counts what it wrote itself: readers go by that position and not by the file's size.
 */
import { MILLISECOND } from '../../kernel/clock.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { pause } from '../../kernel/sim.ts';
import { close, fstat, now, open, rename, sleep, statOrNull, unlink, write } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { Hold } from './hold.ts';
import { holding } from './hold.ts';

export interface LogPosition {
  /** Bytes of the current file. */
  readonly size: number;
  /** How often a new file was begun. */
  readonly rotation: number;
}

export interface Rotation {
  /** Bytes; undefined for one file without a bound. */
  readonly sizeMax: number | undefined;
  /** Files that are kept, the current one included. */
  readonly files: number;
}

/** What the logger writes, entries and all: a container that prints without end waits for it. */
const LOG_BYTES_PER_SECOND = 2_500_000;
/** Work that nobody waits for yet. */
const CREDIT = 10 * MILLISECOND;

/** How often the writer gives way to readers before it begins a new file. */
const READER_TURNS_MAX = 100;

export class LogFile implements Hold {
  readonly path: string;
  position: LogPosition;
  /** Nothing more will be written. */
  closed = false;
  /** Woken when the position changed or the file was closed. */
  readonly grown = new WaitQueue();
  /** Held while files are written, renamed or opened, so that a reader's file and position belong together. */
  busy = false;
  readonly idle = new WaitQueue();
  /** Those who follow, and how far they are. */
  readonly readers = new Set<{ readonly read: LogPosition }>();
  readonly #rotation: Rotation;
  /** Undefined while there is no file: a number that was closed may be somebody else's by now. */
  #fd: number | undefined;
  /** Until when the disk is at work with what was written. */
  #paidUntil = 0;

  private constructor(path: string, rotation: Rotation, fd: number, size: number) {
    this.path = path;
    this.#rotation = rotation;
    this.#fd = fd;
    this.position = { size, rotation: 0 };
  }

  /** Goes on with the file that is there, or begins one. */
  static *open(path: string, rotation: Rotation): Sim<LogFile> {
    const fd = yield* open(path, 'a', 0o640);
    return new LogFile(path, rotation, fd, (yield* fstat(fd)).size);
  }

  /** A full disk loses entries silently: the daemon complains in its own log only. */
  *append(entries: readonly string[]): Sim<void> {
    // A log that is cut into files is looked at between two entries.
    const pieces = this.#rotation.sizeMax === undefined ? [entries.join('')] : entries;
    try {
      for (const piece of pieces) {
        if (this.#full) yield* this.#awaitReaders();
        const bytes = encodeUtf8(piece);
        yield* holding(this, () => this.#write(bytes));
        yield* this.#pay(bytes.length);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Small amounts are put down and paid together: who says a line on each stream is heard in that order. */
  *#pay(bytes: number): Sim<void> {
    const time = yield* now();
    this.#paidUntil = Math.max(this.#paidUntil, time) + (bytes * 1_000_000) / LOG_BYTES_PER_SECOND;
    if (this.#paidUntil - time > CREDIT) yield* sleep(this.#paidUntil - time);
  }

  *#write(bytes: Uint8Array): Sim<void> {
    if (this.closed) return;
    if (this.#full) yield* this.#rotate();
    if (this.#fd === undefined) return;
    yield* write(this.#fd, bytes);
    this.position = { ...this.position, size: this.position.size + bytes.length };
    this.grown.wake();
  }

  get #full(): boolean {
    const { sizeMax } = this.#rotation;
    return sizeMax !== undefined && this.position.size >= sizeMax;
  }

  /** Readers run beside the writer on a real machine, and keep up with it. One who is stuck is not waited for. */
  *#awaitReaders(): Sim<void> {
    const behind = (): boolean => [...this.readers].some((reader) => reader.read !== this.position);
    for (let turn = 0; turn < READER_TURNS_MAX && behind(); turn++) yield* pause();
  }

  *#rotate(): Sim<void> {
    const { path } = this;
    const { files } = this.#rotation;
    yield* this.#closeFile();
    for (let i = files - 1; i >= 1; i--) {
      const from = i === 1 ? path : `${path}.${i - 1}`;
      if (yield* statOrNull(from)) yield* rename(from, `${path}.${i}`);
    }
    if (files === 1 && (yield* statOrNull(path))) yield* unlink(path);
    this.#fd = yield* open(path, 'w', 0o640);
    this.position = { size: 0, rotation: this.position.rotation + 1 };
  }

  *close(): Sim<void> {
    if (this.closed) return;
    this.closed = true;
    this.grown.wake();
    try {
      yield* this.#closeFile();
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Forgotten first: who is cancelled in the middle leaves nothing behind that could be closed again. */
  *#closeFile(): Sim<void> {
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) yield* close(fd);
  }
}
