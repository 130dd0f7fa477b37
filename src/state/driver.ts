import type { WorldPort } from './worldPort.ts';

/** The clock and the two timers of the page. */
export interface Host {
  now(): number;
  /** Calls back before the next paint, or soon when the page is hidden. */
  frame(run: () => void): () => void;
  later(ms: number, run: () => void): () => void;
  /** Calls back as soon as the page has seen to what waits (keys, a paint). */
  soon(run: () => void): () => void;
}

export type DriverStatus = 'running' | 'loading' | 'paused';

const budgetMs = 8;
/** While the machine boots nothing else wants the time: longer slices, one upon the other. */
const bootBudgetMs = 24;
/** A world that cannot keep up falls behind the wall clock and does not race after it. */
const lagMaxUs = 250_000;

/**
 * How far an input may take the world ahead of the wall clock. Work costs virtual time (docs/decisions/0003), so a command that
 * starts now ends a little later: without this its answer would wait for the next frame.
 */
const leadUs = 15_000;

/**
 * Steps a world at the pace of the wall clock: a slice per frame while there is work, one timer to the next due moment
 * while there is none, nothing at all when nothing is due. Input is worked on at once, so that its echo is in the same frame.
 */
export class Driver {
  readonly #world: Pick<WorldPort, 'advance' | 'now' | 'nextDue'>;
  readonly #host: Host;
  readonly #onStatus: (status: DriverStatus, error?: unknown) => void;
  /** Virtual time = wall time (us) + offset. */
  #offset: number;
  #cancel: (() => void) | undefined;
  #paused = false;
  #loading = false;
  #stopped = false;
  #booting = true;

  constructor(
    world: Pick<WorldPort, 'advance' | 'now' | 'nextDue'>,
    host: Host,
    onStatus: (status: DriverStatus, error?: unknown) => void = () => {},
  ) {
    this.#world = world;
    this.#host = host;
    this.#onStatus = onStatus;
    this.#offset = world.now - host.now() * 1000;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Virtual time that the wall clock has reached. */
  target(): number {
    return this.#paused ? this.#world.now : Math.max(this.#world.now, Math.floor(this.#host.now() * 1000 + this.#offset));
  }

  /** Applies an input (at the virtual time of this moment) and works on it at once. */
  feed(apply: () => void): void {
    if (this.#paused) this.resume();
    if (!this.#loading) this.#advance();
    apply();
    this.#work(leadUs);
  }

  /** Works now; later on, works when something is due. */
  poke(): void {
    this.#work(0);
  }

  #work(lead: number): void {
    if (this.#loading || this.#paused || this.#stopped) return;
    this.#cancel?.();
    this.#cancel = undefined;
    const outcome = this.#advance(lead);
    if (outcome === 'busy') this.#cancel = this.#booting ? this.#host.soon(() => this.poke()) : this.#host.frame(() => this.poke());
    else if (outcome === 'idle') this.#sleep();
  }

  /** The first prompt is there: from now on a slice a frame. */
  booted(): void {
    this.#booting = false;
  }

  pause(): void {
    this.#paused = true;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#onStatus('paused');
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#rebase();
    this.#onStatus(this.#loading ? 'loading' : 'running');
    this.poke();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #advance(lead = 0): 'idle' | 'busy' | 'loading' {
    let outcome: ReturnType<WorldPort['advance']>;
    try {
      outcome = this.#world.advance(this.target() + lead, this.#booting ? bootBudgetMs : budgetMs, this.#host.now);
    } catch (error) {
      this.stop();
      this.#onStatus('paused', error);
      return 'loading';
    }
    if (typeof outcome === 'string') {
      if (outcome === 'busy' && this.target() - this.#world.now > lagMaxUs) this.#rebase();
      return outcome;
    }
    this.#loading = true;
    this.#onStatus('loading');
    outcome.then(
      () => {
        this.#loading = false;
        this.#rebase();
        if (!this.#paused) this.#onStatus('running');
        this.poke();
      },
      (error: unknown) => {
        this.stop();
        this.#onStatus('paused', error);
      },
    );
    return 'loading';
  }

  #sleep(): void {
    const due = this.#world.nextDue();
    if (due === undefined) return;
    const ms = Math.max(0, (due - this.target()) / 1000);
    // A frame for what is due within one: a timer would come late or twice.
    this.#cancel = ms <= 16 ? this.#host.frame(() => this.poke()) : this.#host.later(Math.min(ms, 60_000), () => this.poke());
  }

  #rebase(): void {
    this.#offset = this.#world.now - this.#host.now() * 1000;
  }
}

/** The browser's clock and timers. A hidden page gets no frames, so a timer stands in. */
export const browserHost: Host = {
  now: () => performance.now(),
  frame(run) {
    if (document.visibilityState === 'hidden') {
      const timer = setTimeout(run, 50);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  },
  soon(run) {
    const channel = new MessageChannel();
    channel.port1.onmessage = run;
    channel.port2.postMessage(0);
    return () => channel.port1.close();
  },
  later(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
