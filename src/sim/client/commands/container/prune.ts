import { defineCommand } from '../../cli/command.ts';
import { askFirst, reclaimed } from '../../cli/prune.ts';
import { pruneContainers } from '../../cli/pruners.ts';

export const command = defineCommand({
  path: 'container prune',
  *run({ cli, flags }) {
    yield* askFirst(cli, flags.bool('force'), 'WARNING! This will remove all stopped containers.');
    const pruned = yield* pruneContainers(yield* cli.engine(), flags.list('filter'));
    yield* cli.out(pruned.text + reclaimed(pruned.reclaimed));
  },
});
