import { defineCommand } from '../../cli/command.ts';
import { askFirst } from '../../cli/prune.ts';
import { pruneNetworks } from '../../cli/pruners.ts';

export const command = defineCommand({
  path: 'network prune',
  *run({ cli, flags }) {
    yield* askFirst(cli, flags.bool('force'), 'WARNING! This will remove all custom networks not used by at least one container.');
    yield* cli.out((yield* pruneNetworks(yield* cli.engine(), flags.list('filter'))).text);
  },
});
