/** The session that runs now: its world, what steps it, what keeps it, and what its terminals have printed. */
import type { Input, World } from '../../sim/world/index.ts';
import { useApp } from '../app.ts';
import { browserHost, Driver, type DriverStatus } from '../driver.ts';
import { refetch } from '../pageParts.ts';
import type { Holdings } from '../session/cards.ts';
import type { LogStore } from '../session/logStore.ts';
import { Recorder } from '../session/recorder.ts';
import { storageLasts } from '../storage.ts';
import type { Screens } from './screens.ts';

const reasonOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.message : error === undefined ? undefined : String(error);

function holdingsOf({ view }: World): Holdings {
  const machines = [...view.machines.values()];
  const sum = (table: 'containers' | 'images') => machines.reduce((n, machine) => n + machine[table].size, 0);
  return { containers: sum('containers'), images: sum('images') };
}

export class Running {
  readonly world: World;
  readonly driver: Driver;
  readonly screens: Screens;
  readonly recorder: Recorder | undefined;
  readonly #advanced = new Set<() => void>();

  constructor(world: World, log: LogStore | undefined, screens: Screens) {
    this.world = world;
    this.screens = screens;
    this.recorder =
      log &&
      new Recorder(
        log,
        () => world.log.entries as readonly Input[],
        () => holdingsOf(world),
        (kept) => useApp.setState({ kept: kept && storageLasts }),
      );
    world.onCrash = (error) => useApp.setState({ fault: error instanceof Error ? error.message.split('\n')[0] : String(error) });
    world.subscribe(this.#publisher());
    const stepped = {
      get now() {
        return world.now;
      },
      nextDue: () => world.nextDue(),
      advance: (to: number, budgetMs: number, wallNow: () => number) => {
        const outcome = world.advance(to, budgetMs, wallNow);
        for (const told of this.#advanced) told();
        return outcome;
      },
    };
    const told = (status: DriverStatus, reason?: unknown) => {
      if (current !== this) return;
      if (status === 'failed') fail(reason);
      else useApp.setState({ status, missing: reasonOf(reason) });
    };
    this.driver = new Driver(stepped, browserHost, told, refetch);
  }

  /** Does something to the world from outside, works on it at once and keeps it. */
  feed<T>(apply: (world: World) => T): T {
    let result!: T;
    this.driver.feed(() => {
      result = apply(this.world);
      this.recorder?.keep();
    });
    return result;
  }

  /** Calls back whenever the world may have moved on; returns the way to stop that. */
  onAdvance(told: () => void): () => void {
    this.#advanced.add(told);
    return () => this.#advanced.delete(told);
  }

  /** Snapshots reach the page after the paint that follows them: a picture never holds up the terminal. */
  #publisher(): () => void {
    let scheduled = false;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      scheduled = false;
      if (current === this) useApp.setState({ view: this.world.view });
    };
    return () => {
      if (scheduled) return;
      scheduled = true;
      browserHost.frame(() => channel.port2.postMessage(0));
    };
  }
}

let current: Running | undefined;
let announce!: (running: Running) => void;
let next = new Promise<Running>((resolve) => {
  announce = resolve;
});

/** Undefined while a session is being changed for another. */
export const running = (): Running | undefined => current;

/** The running session, or the next one as soon as it runs. */
export const whenRunning = (): Promise<Running> => (current ? Promise.resolve(current) : next);

/** The world stands: terminals may join it. */
export function begin(session: Running): void {
  current = session;
  announce(session);
  session.driver.poke();
}

/** Stops what runs. Its session is still to be kept or removed. */
export function end(): Running | undefined {
  const ended = current;
  ended?.driver.stop();
  current = undefined;
  next = new Promise((resolve) => {
    announce = resolve;
  });
  return ended;
}

export function fail(error: unknown): void {
  console.error(error);
  useApp.setState({ status: 'failed', error: error instanceof Error ? error.message : String(error) });
}
