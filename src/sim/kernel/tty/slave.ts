/** The end of a pseudo terminal that programs use. */
import type { Stat } from '../abi.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import type { Sim } from '../sim.ts';
import type { WaitQueue } from '../waitQueue.ts';
import type { Pty } from './pty.ts';

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
