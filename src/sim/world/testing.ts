/** A world with a shell, for tests of what only all layers together show. */
import type { CommandResult } from './session.ts';
import { World } from './world.ts';

export interface TestShell {
  readonly world: World;
  /** Types a command and waits for its end. */
  run(command: string): Promise<CommandResult>;
}

/** An hour of virtual time that a command may take. */
const LIMIT = 3_600_000_000;

/** A machine that has been up for `upUs` (by default until its daemons have long started), and a bash of root on it. */
export async function worldShell({ seed = 7, upUs = 20_000_000 } = {}): Promise<TestShell> {
  const world = World.create({ seed });
  world.onCrash = (error) => {
    throw error;
  };
  await world.runFast(() => false, upUs);
  const session = world.openSession('node1', { cwd: '/home/student', home: '/root' });
  return {
    world,
    async run(command) {
      let result: CommandResult | undefined;
      session.start(command, (answer) => {
        result = answer;
      });
      await world.runFast(() => result !== undefined, world.now + LIMIT);
      if (!result) throw new Error(`no end: ${command}`);
      return result;
    },
  };
}
