import { Errno } from '../errno.ts';
import type { OpenFile } from '../openFile.ts';

/** An open file description and how many descriptors share it. */
export class SharedFile {
  readonly file: OpenFile;
  #references = 0;

  constructor(file: OpenFile) {
    this.file = file;
  }
  retain(): this {
    this.#references++;
    return this;
  }
  release(): void {
    if (--this.#references === 0) this.file.close();
  }
}

interface Slot {
  readonly shared: SharedFile;
  cloexec: boolean;
}

/** The descriptors of one process. */
export class FdTable {
  readonly #slots = new Map<number, Slot>();
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Installs at the lowest free number from `min`. EMFILE when the limit is reached; a file that nobody else has is then closed. */
  install(file: OpenFile | SharedFile, options: { min?: number; cloexec?: boolean } = {}): number {
    const fd = this.#free(options.min ?? 0);
    if (fd >= this.limit) {
      if (!(file instanceof SharedFile)) file.close();
      throw new Errno('EMFILE');
    }
    this.set(fd, file, options.cloexec ?? false);
    return fd;
  }

  #free(min: number): number {
    let fd = min;
    while (this.#slots.has(fd)) fd++;
    return fd;
  }

  /** EMFILE unless `count` more files can be installed: for calls that change something before they install. */
  needRoom(count = 1): void {
    let fd = -1;
    for (let n = 0; n < count; n++) fd = this.#free(fd + 1);
    if (fd >= this.limit) throw new Errno('EMFILE');
  }

  set(fd: number, file: OpenFile | SharedFile, cloexec = false): void {
    const shared = (file instanceof SharedFile ? file : new SharedFile(file)).retain();
    const old = this.#slots.get(fd);
    this.#slots.set(fd, { shared, cloexec });
    old?.shared.release();
  }

  shared(fd: number): SharedFile {
    const slot = this.#slots.get(fd);
    if (!slot) throw new Errno('EBADF');
    return slot.shared;
  }

  get(fd: number): OpenFile {
    return this.shared(fd).file;
  }

  has(fd: number): boolean {
    return this.#slots.has(fd);
  }

  setCloexec(fd: number, on: boolean): void {
    const slot = this.#slots.get(fd);
    if (!slot) throw new Errno('EBADF');
    slot.cloexec = on;
  }

  close(fd: number): void {
    const slot = this.#slots.get(fd);
    if (!slot) throw new Errno('EBADF');
    this.#slots.delete(fd);
    slot.shared.release();
  }

  /** Numbers and files, in order. */
  list(): readonly (readonly [fd: number, file: OpenFile])[] {
    return [...this.#slots].sort((a, b) => a[0] - b[0]).map(([fd, slot]) => [fd, slot.shared.file]);
  }

  /** fork: all of them, or a chosen map from new numbers to ours. EBADF, with nothing shared yet, if one of ours is not open. */
  copy(chosen: ReadonlyMap<number, number> | undefined, forExec: boolean): FdTable {
    const out = new FdTable(this.limit);
    if (chosen) for (const [to, file] of [...chosen].map(([to, from]) => [to, this.shared(from)] as const)) out.set(to, file);
    else for (const [fd, slot] of this.#slots) if (!forExec || !slot.cloexec) out.set(fd, slot.shared, slot.cloexec);
    return out;
  }

  closeOnExec(): void {
    for (const [fd, slot] of [...this.#slots]) if (slot.cloexec) this.close(fd);
  }

  closeAll(): void {
    for (const fd of [...this.#slots.keys()]) this.close(fd);
  }
}
