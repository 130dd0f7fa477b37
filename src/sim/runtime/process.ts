/** A process that the engine started in a container, seen from outside. */
import type { SimTime } from '../kernel/clock.ts';
import type { Process } from '../kernel/process/process.ts';
import { SIGNAL_NUMBERS } from '../kernel/process/signals.ts';
import type { Sim } from '../kernel/sim.ts';
import type { SignalName, WaitStatus, WindowSize } from '../kernel/syscalls.ts';
import type { Pty } from '../kernel/tty/pty.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import type { ProcessStreams, RuntimeProcess } from './containerd.ts';

export class RunningProcess implements RuntimeProcess {
  readonly process: Process;
  readonly pid: number;
  readonly ended = new WaitQueue();
  streams: ProcessStreams;
  pty: Pty | undefined;
  exitCode: number | undefined;
  exitedAt: SimTime | undefined;

  constructor(process: Process, streams: ProcessStreams) {
    this.process = process;
    this.pid = process.hostPid;
    this.streams = streams;
    process.onExit = (status) => {
      this.exitCode = exitCodeOf(status);
      this.exitedAt = process.kernel.scheduler.now;
      this.ended.wake();
    };
  }

  *kill(signal: SignalName): Sim<void> {
    this.process.signal(signal, true);
  }

  *resize(size: WindowSize): Sim<void> {
    this.pty?.resize(size);
  }
}

/** As a shell's $?. */
export function exitCodeOf(status: WaitStatus): number {
  if (status.kind === 'exited') return status.code;
  return status.kind === 'signaled' ? 128 + SIGNAL_NUMBERS[status.signal] : 0;
}
