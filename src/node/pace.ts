import type { World } from '../sim/world/index.ts';

/** Further behind than this (µs) the world is not hurried: its clock stays back for a while instead. */
const BEHIND_MAX = 250_000;
/** Of each second that passes, this much is won back. */
const CATCH_UP = 0.1;
/** Milliseconds of work between two looks at the sockets. */
const BUDGET_MS = 10;

/** Steps a world so that its clock follows the wall clock. */
export class Pace {
  readonly #world: World;
  readonly #start: number;
  /** How far the world is kept behind the wall clock (µs). */
  #lag = 0;
  #seen = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #planned = false;
  #stopped = false;
  readonly #failed: (error: unknown) => void;

  /** `failed` is told once that a part of the simulator cannot be loaded; the clock has stopped then. */
  constructor(world: World, failed: (error: unknown) => void) {
    this.#world = world;
    this.#failed = failed;
    this.#start = world.now - performance.now() * 1000;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Where the world's clock should be. */
  #target(): number {
    const now = performance.now();
    this.#lag = Math.max(0, this.#lag - (now - this.#seen) * 1000 * CATCH_UP);
    this.#seen = now;
    return Math.max(this.#world.now, Math.floor(now * 1000 + this.#start - this.#lag));
  }

  /** Brings the clock up to this moment, before something from outside is told to the world. */
  now(): void {
    const result = this.#world.advance(this.#target(), 2, () => performance.now());
    if (typeof result === 'object') this.#await(result);
  }

  /** Runs what is due, and comes back for the rest. */
  work(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#step();
    });
  }

  #await(part: Promise<void>): void {
    part.then(
      () => this.work(),
      (error: unknown) => {
        if (this.#stopped) return;
        this.stop();
        this.#failed(error);
      },
    );
  }

  #step(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const target = this.#target();
    const result = this.#world.advance(target, BUDGET_MS, () => performance.now());
    if (typeof result === 'object') {
      this.#await(result);
      return;
    }
    if (result === 'busy') {
      const behind = target - this.#world.now;
      if (behind > BEHIND_MAX) this.#lag += behind;
      this.work();
      return;
    }
    const due = this.#world.nextDue();
    if (due !== undefined) this.#timer = setTimeout(() => this.#step(), Math.max(0, Math.min(60_000, (due - target) / 1000)));
  }
}
