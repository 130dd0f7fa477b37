import { describe, expect, it } from 'vitest';
import { Driver, type DriverStatus, type Host } from './driver.ts';

/** A world with work at given moments, and a page whose clock the test turns. */
function setUp(due: number[], outcome: 'idle' | 'busy' = 'idle') {
  const calls: number[] = [];
  const world = {
    now: 0,
    advance(to: number) {
      calls.push(to);
      if (outcome === 'busy') return outcome;
      world.now = Math.max(world.now, to);
      while (due[0] !== undefined && due[0] <= world.now) due.shift();
      return outcome;
    },
    nextDue: () => due[0],
  };
  let now = 1000;
  const timers: { ms: number | 'frame' | 'soon'; run: () => void }[] = [];
  const add = (ms: number | 'frame' | 'soon', run: () => void) => {
    const timer = { ms, run };
    timers.push(timer);
    return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
  };
  const host: Host = {
    now: () => now,
    frame: (run) => add('frame', run),
    later: (ms, run) => add(ms, run),
    soon: (run) => add('soon', run),
    online: () => () => {},
  };
  const driver = new Driver(world, host);
  return { driver, world, calls, timers, pass: (ms: number) => void (now += ms) };
}

describe('Driver', () => {
  it('sets no timer when nothing is due', () => {
    const { driver, timers } = setUp([]);
    driver.poke();
    expect(timers).toEqual([]);
  });

  it('sleeps until the next due moment', () => {
    const { driver, timers } = setUp([500_000]);
    driver.poke();
    expect(timers.map((timer) => timer.ms)).toEqual([500]);
  });

  it('boots without a pause, then works in frames while there is work', () => {
    const { driver, timers } = setUp([], 'busy');
    driver.poke();
    expect(timers.map((timer) => timer.ms)).toEqual(['soon']);
    driver.booted();
    driver.poke();
    driver.poke();
    expect(timers.map((timer) => timer.ms)).toEqual(['frame']);
  });

  it('brings the world to the present, applies an input and works on it in the same task, a little ahead of the clock', () => {
    const { driver, calls, pass, world } = setUp([]);
    driver.poke();
    pass(20);
    let appliedAt = -1;
    driver.feed(() => {
      appliedAt = world.now;
    });
    expect({ calls, appliedAt }).toEqual({ calls: [0, 20_000, 35_000], appliedAt: 20_000 });
    pass(5);
    driver.poke();
    expect(world.now).toBe(35_000); // and waits there until the clock has caught up
  });

  it('lets time stand still while paused, and an input starts it again', () => {
    const { driver, world, pass } = setUp([]);
    driver.poke();
    driver.pause();
    pass(5000);
    driver.feed(() => {});
    expect({ paused: driver.paused, now: world.now }).toEqual({ paused: false, now: 15_000 });
    pass(20);
    driver.poke();
    expect(world.now).toBe(20_000);
  });

  it('does not race after the wall clock when the work was too much', () => {
    const { driver, pass } = setUp([], 'busy');
    driver.poke();
    pass(10_000);
    driver.poke();
    expect(driver.target()).toBe(0);
  });
});

describe('a part of the page that does not come', () => {
  /** A world that stands still until a part is there, and a page that is offline. */
  function offline() {
    const fetches: { come: () => void; fail: () => void }[] = [];
    let needed = true;
    const world = {
      now: 0,
      nextDue: () => undefined,
      advance(to: number): 'idle' | Promise<void> {
        if (!needed) {
          world.now = Math.max(world.now, to);
          return 'idle';
        }
        return new Promise((resolve, reject) => {
          const come = () => {
            needed = false;
            resolve();
          };
          fetches.push({ come, fail: () => reject(new Error('offline')) });
        });
      },
    };
    const pauses: number[] = [];
    let due: (() => void) | undefined;
    let network: (() => void) | undefined;
    const host: Host = {
      now: () => 0,
      frame: () => () => {},
      soon: () => () => {},
      later: (ms, run) => {
        pauses.push(ms);
        due = run;
        return () => {};
      },
      online: (run) => {
        network = run;
        return () => {
          network = undefined;
        };
      },
    };
    const told: [DriverStatus, string?][] = [];
    const driver = new Driver(world, host, (status, error) => told.push(error instanceof Error ? [status, error.message] : [status]));
    const settle = async (how: 'come' | 'fail') => {
      fetches.at(-1)![how]();
      await new Promise((resolve) => setTimeout(resolve));
    };
    return {
      driver,
      world,
      fetches,
      pauses,
      told,
      settle,
      pass: () => due!(),
      connect: () => network?.(),
      give: () => {
        needed = false;
      },
    };
  }

  it('is tried again after longer and longer pauses, and the page hears why the machine waits', async () => {
    const { driver, pauses, told, settle, pass } = offline();
    driver.poke();
    await settle('fail');
    pass();
    await settle('fail');
    pass();
    await settle('come');
    expect(pauses).toEqual([1000, 2000]);
    expect(told).toEqual([['loading'], ['loading', 'offline'], ['loading', 'offline'], ['running']]);
  });

  it('is tried at once when the network is back', async () => {
    const { driver, fetches, settle, connect, told } = offline();
    driver.poke();
    await settle('fail');
    connect();
    connect(); // once is enough
    expect(fetches).toHaveLength(2);
    await settle('come');
    expect(told.at(-1)).toEqual(['running']);
  });

  it('keeps what is typed meanwhile, and an input may end what waited for it', async () => {
    const { driver, world, settle, give, told } = offline();
    driver.poke();
    await settle('fail');
    driver.feed(give); // Ctrl-C: the process that wanted the part is gone
    expect({ now: world.now, last: told.at(-1) }).toEqual({ now: 0, last: ['running'] });
  });

  it('is not asked for any more once the driver has stopped', async () => {
    const { driver, fetches, settle, told } = offline();
    driver.poke();
    driver.stop();
    await settle('fail');
    expect({ told, tries: fetches.length }).toEqual({ told: [['loading']], tries: 1 });
  });
});
