import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  path: 'context show',
  *run({ cli }) {
    yield* cli.out(`${yield* cli.contextName()}\n`);
  },
});
