import type { ThreadHandle } from '../abi.ts';
import { type Scheduler, Task } from '../scheduler.ts';
import type { Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';
import type { Process } from './process.ts';

/** One coroutine of a process. The first one is the program's main; its end is the end of the process. */
export class Thread extends Task implements ThreadHandle {
  readonly id: number;
  readonly name: string;
  readonly process: Process;
  readonly ended = new WaitQueue();

  constructor(process: Process, scheduler: Scheduler, coroutine: Sim<unknown>, name: string) {
    super(scheduler, coroutine);
    this.id = scheduler.nextTaskId();
    this.process = process;
    this.name = name;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  cancel(): void {
    this.condemn();
  }

  /** Begins to be stepped. */
  start(): void {
    this.scheduler.enqueue(this);
    if (this.process.onHold) this.hold();
  }

  /** Gets no more steps until `unhold` (stopped or frozen process). */
  hold(): void {
    this.onHold = true;
    this.attention = true;
  }

  unhold(): void {
    this.onHold = false;
    this.release();
  }

  interruption(): (() => Sim<void>) | undefined {
    return this.process.pending.length > 0 ? () => this.process.deliverSignals(this) : undefined;
  }

  charge(steps: number): void {
    this.process.charge(steps);
  }

  finished(result: unknown, error: unknown): void {
    this.ended.wake();
    this.process.threadEnded(this, result, error);
  }
}
