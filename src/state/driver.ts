import { Refetch, type RefetchHost } from './refetch.ts';
import type { WorldPort } from './worldPort.ts';

/** The clock and the two timers of the page. */
export interface Host extends RefetchHost {
  now(): number;
  /** Calls back before the next paint, or soon when the page is hidden. */
  frame(run: () => void): () => void;
  /** Calls back as soon as the page has seen to what waits (keys, a paint). */
  soon(run: () => void): () => void;
}

/** 'loading': the world stands still until a part of the page is there. 'failed': it goes no further. */
export type DriverStatus = 'running' | 'loading' | 'paused' | 'failed';

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
  readonly #refetch: Refetch;
  /** Virtual time = wall time (us) + offset. */
  #offset: number;
  #cancel: (() => void) | undefined;
  #paused = false;
  #loading = false;
  /** Calls the next try off to fetch a part that did not come. */
  #waiting: (() => void) | undefined;
  #stopped = false;
  #booting = true;
  /** Why the part that the world waits for did not come at the last try. */
  #missing: unknown;

  /** `onStatus` hears with 'loading' why a part did not come, if that was so, and with 'failed' what went wrong. */
  constructor(
    world: Pick<WorldPort, 'advance' | 'now' | 'nextDue'>,
    host: Host,
    onStatus: (status: DriverStatus, error?: unknown) => void = () => {},
    refetch: Refetch = new Refetch(host),
  ) {
    this.#world = world;
    this.#host = host;
    this.#onStatus = onStatus;
    this.#refetch = refetch;
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
    // The input may have ended what waits for a part (Ctrl-C); if not, this is as good a moment as any to try again.
    if (this.#waiting) this.#refetch.hurry();
    else this.#work(leadUs);
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
    if (this.#loading) this.#onStatus('loading', this.#missing);
    else this.#onStatus('running');
    this.poke();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#waiting?.();
  }

  #advance(lead = 0): 'idle' | 'busy' | 'loading' {
    let outcome: ReturnType<WorldPort['advance']>;
    try {
      outcome = this.#world.advance(this.target() + lead, this.#booting ? bootBudgetMs : budgetMs, this.#host.now);
    } catch (error) {
      this.stop();
      this.#onStatus('failed', error);
      return 'loading';
    }
    if (typeof outcome === 'string') {
      if (this.#missing !== undefined) this.#come();
      if (outcome === 'busy' && this.target() - this.#world.now > lagMaxUs) this.#rebase();
      return outcome;
    }
    this.#loading = true;
    if (this.#missing === undefined) this.#onStatus('loading');
    outcome.then(
      () => this.#goOn(),
      (error: unknown) => this.#tryLater(error),
    );
    return 'loading';
  }

  #goOn(): void {
    this.#loading = false;
    this.#rebase();
    this.#come();
    this.poke();
  }

  /** The part is there, or is needed no more. */
  #come(): void {
    this.#missing = undefined;
    this.#refetch.succeeded();
    if (!this.#paused && !this.#stopped) this.#onStatus('running');
  }

  /** The world waits: that a part is late is no business of anybody inside it. */
  #tryLater(reason: unknown): void {
    if (this.#stopped) return;
    this.#missing = reason;
    if (!this.#paused) this.#onStatus('loading', reason);
    this.#waiting = this.#refetch.wait(() => {
      this.#waiting = undefined;
      this.#loading = false;
      this.#rebase();
      this.poke();
    });
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
  online(run) {
    addEventListener('online', run);
    return () => removeEventListener('online', run);
  },
  later(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
