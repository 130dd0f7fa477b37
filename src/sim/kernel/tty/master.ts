/** The end of a pseudo terminal that shows and types. */
import type { Stat } from '../abi.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import { interruptibleWait } from '../process/wait.ts';
import type { Sim } from '../sim.ts';
import type { WaitQueue } from '../waitQueue.ts';
import type { Pty } from './pty.ts';

const EMPTY = new Uint8Array(0);

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
