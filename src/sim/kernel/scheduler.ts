import { Rng } from '../lib/rng.ts';
import type { SimTime } from './clock.ts';
import { SLICE_STEPS, UNWIND_STEPS_MAX } from './limits.ts';
import type { Sim, Syscall, WaitAnswer } from './sim.ts';
import { type Timer, TimerQueue } from './timers.ts';
import type { Sleeper, WaitQueue } from './waitQueue.ts';

/**
 * One coroutine that the scheduler steps. The kernel's `Thread` is the only kind there is; the scheduler itself knows
 * nothing of processes.
 */
export abstract class Task implements Sleeper {
  readonly scheduler: Scheduler;
  coroutine: Sim<unknown>;
  state: 'ready' | 'waiting' | 'held' | 'loading' | 'done' = 'ready';
  /** What the next step hands to the coroutine. */
  answer: unknown;
  queues: readonly WaitQueue[] = NO_QUEUES;
  timer: Timer | undefined;
  /** Something below wants to be looked at before the next step. */
  attention = false;
  /** Stopped or frozen: keeps its state, gets no steps. */
  onHold = false;
  condemned = false;
  /** Its `return()` was called. */
  unwinding = false;
  #unwound = 0;
  /** exec(2): the coroutine that takes over; the old one is dropped where it stands. */
  replacement: Sim<unknown> | undefined;

  constructor(scheduler: Scheduler, coroutine: Sim<unknown>) {
    this.scheduler = scheduler;
    this.coroutine = coroutine;
  }

  /** It gave way and has not gone on yet. */
  paused = false;

  /** What it has to run before it goes on after a pause (signal handlers). */
  abstract interruption(): (() => Sim<void>) | undefined;

  /** A step was taken: `steps` microseconds of CPU. */
  abstract charge(steps: number): void;
  /** The coroutine has ended, by itself (`error` undefined), by an exception or because it was condemned. */
  abstract finished(result: unknown, error: unknown): void;

  wakeUp(): void {
    this.#resume('woken');
  }

  /** Wakes it with the answer 'signal' if it sleeps. */
  interrupt(): void {
    this.#resume('signal');
  }

  timeUp(): void {
    this.#resume('timeout');
  }

  /** Unwinds the coroutine: `return()` is called in place of its next step, so that its `finally`s run. */
  condemn(): void {
    if (this.state === 'done' || this.condemned) return;
    this.condemned = true;
    this.attention = true;
    if (this.state === 'waiting') this.#resume('signal');
    else if (this.state === 'held' && !this.onHold) this.release();
  }

  /** Puts a task that was held back into the run queue. */
  release(): void {
    if (this.state !== 'held') return;
    this.state = 'ready';
    this.scheduler.enqueue(this);
  }

  #resume(answer: WaitAnswer): void {
    if (this.state !== 'waiting') return;
    this.answer = answer;
    for (const queue of this.queues) queue.remove(this);
    this.queues = NO_QUEUES;
    if (this.timer) {
      this.timer.cancelled = true;
      this.timer = undefined;
    }
    this.state = 'ready';
    this.scheduler.enqueue(this);
  }

  /** Counts the steps that a condemned task still takes; true when it had enough. */
  unwindLimit(): boolean {
    return ++this.#unwound > UNWIND_STEPS_MAX;
  }
}

const NO_QUEUES: readonly WaitQueue[] = [];

interface Slice {
  readonly task: Task;
  left: number;
}

/** What a task waits for, and the fetch of it that runs. */
interface Loading {
  readonly task: Task;
  readonly load: () => unknown;
  attempt: Promise<void> | undefined;
}

/** A lazy part could not be fetched: the host's trouble, of which nothing inside the world may ever know. */
export class LoadError extends Error {
  override name = 'LoadError';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * 'idle': nothing is left to do up to the given time. 'busy': there is, the budget or the time was used up. A promise: a lazy part
 * loads; run again when it is settled. It rejects with a {@link LoadError} when the part did not come: running again tries again.
 */
export type RunResult = 'idle' | 'busy' | Promise<void>;

/**
 * The one owner of time, order and chance in a world. Steps take one microsecond of virtual time each; when every task
 * sleeps, the clock jumps to the next timer. Equal times are ordered by sequence number.
 */
export class Scheduler {
  now: SimTime = 0;
  readonly rng: Rng;
  readonly #seed: number;
  readonly #streams = new Map<string, Rng>();
  /** The task that is being stepped. */
  current: Task | undefined;
  /** Steps taken since the start. */
  steps = 0;
  readonly #timers = new TimerQueue();
  #queue: Task[] = [];
  #head = 0;
  /** The world stands still until this is there. */
  #loading: Loading | undefined;
  /** The task whose turn it is and the steps that it has left. */
  #slicing: Slice | undefined;
  #hash = 0x811c9dc5;
  #tasks = 0;

  constructor(options: { readonly seed: number }) {
    this.#seed = options.seed;
    this.rng = new Rng(options.seed);
  }

  /** A short hash of all scheduling decisions so far: equal in two runs of the same log. */
  get hash(): number {
    let { draws } = this.rng;
    for (const stream of this.#streams.values()) draws += stream.draws;
    return (this.#hash ^ draws) >>> 0;
  }

  /** Random numbers that follow from the seed and the name alone, however much else is drawn and when. */
  stream(name: string): Rng {
    let stream = this.#streams.get(name);
    if (!stream) {
      let seed = this.#seed | 0;
      for (let i = 0; i < name.length; i++) seed = Math.imul(seed ^ name.charCodeAt(i), 0x01000193);
      stream = new Rng(seed);
      this.#streams.set(name, stream);
    }
    return stream;
  }

  nextTaskId(): number {
    return ++this.#tasks;
  }

  /** Something can run without the clock moving on. */
  get runnable(): boolean {
    return this.#slicing !== undefined || this.#head < this.#queue.length;
  }

  /** When the next timer is due; undefined if there is none. A runnable task, or one that waits for a part, is due now. */
  nextDue(): SimTime | undefined {
    return this.runnable || this.#loading ? this.now : this.#timers.nextDue();
  }

  /** Calls `action` (host code, not a coroutine) at `due`; at once in the next run if that is past. */
  at(due: SimTime, action: () => void): Timer {
    return this.#timers.add(due, action);
  }

  after(delay: SimTime, action: () => void): Timer {
    return this.#timers.add(this.now + delay, action);
  }

  enqueue(task: Task): void {
    this.#queue.push(task);
  }

  /**
   * Runs what is due up to virtual time `until`, at most `budget` steps. When nothing is left before `until` the clock
   * stands at `until` (an infinite `until` leaves it at the last event). `stop` is asked between slices.
   */
  runUntil(until: SimTime, budget = Number.POSITIVE_INFINITY, stop?: () => boolean): RunResult {
    const end = this.steps + budget;
    for (;;) {
      if (!this.#slicing) this.#fireTimers();
      // Asked for here, so that a part that is there and one that comes late find the same timers fired.
      const fetched = this.#loading && this.#fetch(this.#loading);
      if (fetched) return fetched;
      if (stop?.()) return 'busy';
      if (this.runnable) {
        if (this.steps >= end || this.now >= until) return 'busy';
        this.#slicing ??= { task: this.#take(), left: SLICE_STEPS };
        this.#slice(this.#slicing, until, end);
        continue;
      }
      const due = this.#timers.nextDue();
      if (due === undefined || due > until) {
        if (until > this.now && until !== Number.POSITIVE_INFINITY) this.now = until;
        return 'idle';
      }
      if (due > this.now) this.now = due;
    }
  }

  #take(): Task {
    const task = this.#queue[this.#head++];
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return task;
  }

  #fireTimers(): void {
    for (let timer = this.#timers.take(this.now); timer; timer = this.#timers.take(this.now)) timer.action();
  }

  /**
   * Steps one task until it sleeps, ends, gives way or has had its share. A share that is cut short by `until` or by the
   * budget goes on in the next run as if nothing had been: where a driver stops must not show in the order of things.
   */
  #slice(slice: Slice, until: SimTime, end: number): void {
    const { task } = slice;
    if (task.state !== 'ready') {
      this.#slicing = undefined;
      return;
    }
    this.current = task;
    let taken = 0;
    let over = true;
    try {
      for (;;) {
        if (slice.left <= 0) {
          this.enqueue(task);
          break;
        }
        if (this.now >= until || this.steps >= end) {
          over = false;
          break;
        }
        if (task.attention && !this.#attend(task)) break;
        slice.left--;
        taken++;
        this.steps++;
        this.now++;
        if (!this.#step(task)) break;
        if (this.#timers.due <= this.now) {
          this.#fireTimers();
          if ((task.state as Task['state']) !== 'ready') break;
        }
      }
    } finally {
      this.current = undefined;
      task.charge(taken);
      if (over) {
        this.#slicing = undefined;
        this.#hash = Math.imul(Math.imul(this.#hash ^ this.now, 0x01000193) ^ (SLICE_STEPS - slice.left), 0x01000193);
      }
    }
  }

  /** Looks at what happened to the task since its last step; false if it shall not be stepped now. */
  #attend(task: Task): boolean {
    if (task.onHold) {
      task.state = 'held';
      return false;
    }
    if (task.condemned) return true;
    task.attention = false;
    if (task.replacement) {
      task.coroutine = task.replacement;
      task.replacement = undefined;
      task.answer = undefined;
    }
    return true;
  }

  /** One step; false if the task gave way, sleeps or has ended. */
  #step(task: Task): boolean {
    let result: IteratorResult<Syscall, unknown>;
    try {
      if (!task.condemned) {
        if (task.paused) {
          task.paused = false;
          task.answer = task.interruption();
        }
        result = task.coroutine.next(task.answer);
      } else result = this.#unwind(task);
    } catch (error) {
      task.state = 'done';
      task.finished(undefined, error);
      return false;
    }
    if (result.done) {
      task.state = 'done';
      task.finished(result.value, undefined);
      return false;
    }
    const call = result.value;
    switch (call.op) {
      case 'self':
        task.answer = task;
        return true;
      case 'pause':
        task.paused = true;
        this.enqueue(task);
        return false;
      case 'wait':
        return this.#wait(task, call.queues, call.timeout === undefined ? call.deadline : this.now + call.timeout);
      case 'load':
        task.state = 'loading';
        this.#loading = { task, load: call.load, attempt: undefined };
        return false;
    }
  }

  /** A condemned coroutine runs its `finally`s; what blocks in them is cut short. */
  #unwind(task: Task): IteratorResult<Syscall, unknown> {
    if (task.unwindLimit()) return { done: true, value: undefined };
    const resume = task.answer === task && task.unwinding;
    task.unwinding = true;
    return resume ? task.coroutine.next(task.answer) : task.coroutine.return(undefined);
  }

  #wait(task: Task, queues: readonly WaitQueue[], deadline: SimTime | undefined): boolean {
    if (task.condemned) {
      task.answer = 'timeout';
      return true;
    }
    if (task.interruption()) {
      task.answer = 'signal';
      return true;
    }
    if (deadline !== undefined && deadline <= this.now) {
      task.answer = 'timeout';
      this.enqueue(task);
      return false;
    }
    task.state = 'waiting';
    task.queues = queues;
    for (const queue of queues) queue.add(task);
    if (deadline !== undefined) task.timer = this.#timers.add(deadline, () => task.timeUp());
    return false;
  }

  /**
   * The load whose turn it is: a promise while it is fetched, undefined when the task that asked can go on. A fetch that failed is begun
   * anew by the next run. A task that was condemned meanwhile needs no answer any more.
   */
  #fetch(loading: Loading): Promise<void> | undefined {
    if (loading.task.condemned) {
      this.#loaded(loading, undefined);
      return undefined;
    }
    if (loading.attempt) return loading.attempt;
    const answer = loading.load();
    if (!(answer instanceof Promise)) {
      this.#loaded(loading, answer);
      return undefined;
    }
    loading.attempt = answer.then(
      (module) => this.#loaded(loading, module),
      (error: unknown) => {
        loading.attempt = undefined;
        if (!loading.task.condemned) throw new LoadError(error);
      },
    );
    return loading.attempt;
  }

  /** First in line, so that loading leaves no trace in the order of things. */
  #loaded({ task }: Loading, answer: unknown): void {
    if (task.state !== 'loading') return;
    this.#loading = undefined;
    task.answer = answer;
    task.state = 'ready';
    this.#queue.splice(this.#head, 0, task);
  }
}
