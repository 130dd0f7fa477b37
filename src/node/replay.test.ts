import { expect, test } from 'vitest';
import { type Act, live, randomSession } from '../../e2e/support/randomSession.ts';
import { fingerprint, type InputLog, World } from '../sim/world/index.ts';
import { Driver, type Host } from '../state/driver.ts';

const SEED = 20;

/**
 * A page's clock and timers, turned by hand. Work takes time here: each look at the clock moves it on by a draw from an own generator,
 * so that a slice of the Driver ends now after one piece of work, now after many, and timers come late by odd amounts.
 */
class OddHost implements Host {
  #now = 0.3;
  #draw: number;
  readonly #timers = new Set<{ readonly due: number; readonly run: () => void }>();

  constructor(seed: number) {
    this.#draw = seed;
  }

  /** 0 up to 1 (Lehmer's generator). */
  #next(): number {
    this.#draw = (this.#draw * 48_271) % 2_147_483_647;
    return this.#draw / 2_147_483_647;
  }

  readonly now = (): number => {
    this.#now += this.#next() ** 4 * 12;
    return this.#now;
  };
  #add(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
  readonly frame = (run: () => void) => this.#add(16.7 * this.#next(), run);
  readonly soon = (run: () => void) => this.#add(0, run);
  readonly online = () => () => {};
  readonly later = (ms: number, run: () => void) => this.#add(ms + 3 * this.#next(), run);

  /** Lets so much time pass, with all that comes due in it, and what loads meanwhile. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = [...this.#timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > until) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = Math.max(this.#now, until);
  }
}

/** Types the session as the page does: through its Driver, whenever the host's clock says so. */
async function livePaged(world: World, acts: readonly Act[], host: OddHost): Promise<void> {
  const driver = new Driver(world, host, (_status, error) => {
    if (error !== undefined) throw error;
  });
  driver.poke();
  await host.pass(50);
  let terminal = -1;
  driver.feed(() => {
    terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  });
  await host.pass(2000);
  driver.booted();
  for (const act of acts) {
    driver.feed(() => {
      if (act.kind === 'keys') world.input(terminal, act.data);
      else world.resize(terminal, act.rows, act.columns);
    });
    if (act.ms % 7 === 0) {
      driver.pause();
      await host.pass(act.ms);
      driver.resume();
    }
    await host.pass(act.ms);
  }
  driver.stop();
}

/** Gives a fresh world the inputs of a log at their times, in runs that end nowhere else. */
async function liveFast({ header, entries }: InputLog): Promise<World> {
  const world = World.begin(header);
  for (const entry of entries) {
    await world.runFast(() => false, entry.at);
    if (entry.kind === 'open') world.openTerminal(entry.machine, entry);
    else if (entry.kind === 'keys') world.input(entry.terminal, entry.data);
    else if (entry.kind === 'resize') world.resize(entry.terminal, entry.rows, entry.columns);
  }
  return world;
}

/** The same in Chromium: e2e/replay/hash.spec.ts. */
test('300 random commands: the log leads to the same state again', { timeout: 300_000 }, async () => {
  const world = World.create({ seed: SEED });
  const faults: string[] = [];
  world.onCrash = (error) => faults.push(String(error));
  await live(world, randomSession(SEED, 300));
  const again = await World.replay(JSON.parse(JSON.stringify(world.log)));
  await again.runFast(() => false, world.now);
  expect(fingerprint(again)).toEqual(fingerprint(world));
  expect(faults).toEqual([]);
});

test('a session that the page drove in slices, paused and behind its clock: run fast or replayed, the same state', {
  timeout: 300_000,
}, async () => {
  const paged = World.create({ seed: SEED });
  await livePaged(paged, randomSession(SEED + 1, 120), new OddHost(5));
  const log = JSON.parse(JSON.stringify(paged.log)) as InputLog;
  const fast = await liveFast(log);
  const again = await World.replay(log);
  for (const world of [fast, again]) await world.runFast(() => false, paged.now);
  expect(fingerprint(fast)).toEqual(fingerprint(paged));
  expect(fingerprint(again)).toEqual(fingerprint(paged));
  // The slices were really cut: the page's world was given its inputs at other moments than one that runs without a budget.
  const whole = World.create({ seed: SEED });
  await live(whole, randomSession(SEED + 1, 120));
  expect(log.entries.map((entry) => entry.at)).not.toEqual(whole.log.entries.map((entry) => entry.at));
});

test('a fingerprint tells worlds apart by one byte of one file', async () => {
  const [one, other] = await Promise.all(
    ['echo same > f\r', 'echo Same > f\r'].map(async (data) => {
      const world = World.create({ seed: SEED });
      await live(world, [{ kind: 'keys', data, ms: 500 }]);
      return fingerprint(world);
    }),
  );
  expect(other.machines.node1.files).not.toBe(one.machines.node1.files);
  expect(other.machines.node1.records).toBe(one.machines.node1.records);
});
