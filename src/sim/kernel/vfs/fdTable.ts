import { Errno } from '../errno.ts';
import type { OpenFile } from '../openFile.ts';

/** An open file as several descriptors of several processes share it. */
export class Description {
  readonly file: OpenFile;
  nonblock: boolean;
  #references = 0;

  constructor(file: OpenFile, nonblock = false) {
    this.file = file;
    this.nonblock = nonblock;
  }

  hold(): this {
    this.#references++;
    return this;
  }

  drop(): void {
    if (--this.#references === 0) this.file.close();
  }
}

interface Slot {
  readonly description: Description;
  cloexec: boolean;
}

/** The descriptors of one process. */
export class FdTable {
  readonly #slots = new Map<number, Slot>();
  /** RLIMIT_NOFILE. */
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Throws EBADF. */
  get(fd: number): Description {
    const slot = this.#slots.get(fd);
    if (!slot) throw new Errno('EBADF');
    return slot.description;
  }

  has(fd: number): boolean {
    return this.#slots.has(fd);
  }

  /** Takes the lowest free descriptor from `min` on; throws EMFILE. */
  add(description: Description, cloexec = false, min = 0): number {
    let fd = min;
    while (this.#slots.has(fd)) fd++;
    if (fd >= this.limit) throw new Errno('EMFILE');
    this.#slots.set(fd, { description: description.hold(), cloexec });
    return fd;
  }

  /** A new file; if there is no room it is closed again. */
  open(file: OpenFile, options: { readonly nonblock?: boolean; readonly cloexec?: boolean } = {}): number {
    try {
      return this.add(new Description(file, options.nonblock), options.cloexec);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Puts a description at `fd`, closing what was there. */
  set(fd: number, description: Description, cloexec = false): void {
    if (fd < 0 || fd >= this.limit) throw new Errno('EBADF');
    const old = this.#slots.get(fd);
    description.hold();
    this.#slots.set(fd, { description, cloexec });
    old?.description.drop();
  }

  close(fd: number): void {
    const description = this.get(fd);
    this.#slots.delete(fd);
    description.drop();
  }

  setCloexec(fd: number, on: boolean): void {
    const slot = this.#slots.get(fd);
    if (!slot) throw new Errno('EBADF');
    slot.cloexec = on;
  }

  /** Numbers in use, ascending. */
  numbers(): number[] {
    return [...this.#slots.keys()].sort((a, b) => a - b);
  }

  cloexec(fd: number): boolean {
    return this.#slots.get(fd)?.cloexec ?? false;
  }

  /** For a child: all (fork), or those without close-on-exec. */
  copy(exec: boolean): FdTable {
    const table = new FdTable(this.limit);
    for (const [fd, slot] of this.#slots) if (!exec || !slot.cloexec) table.#slots.set(fd, { description: slot.description.hold(), cloexec: slot.cloexec });
    return table;
  }

  closeOnExec(): void {
    for (const [fd, slot] of [...this.#slots]) if (slot.cloexec) this.close(fd);
  }

  closeAll(): void {
    for (const fd of this.numbers()) this.close(fd);
  }
}
