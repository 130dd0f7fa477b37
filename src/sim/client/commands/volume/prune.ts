import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { askFirst, reclaimed } from '../../cli/prune.ts';
import { pruneVolumes } from '../../cli/pruners.ts';

export const command = defineCommand({
  path: 'volume prune',
  *run({ cli, flags }) {
    const all = flags.bool('all');
    const filters = [...flags.list('filter')];
    if (all && filters.some((f) => f.startsWith('all=')))
      throw new CliError('conflicting options: cannot specify both --all and --filter all=1');
    if (all) filters.push('all=true');
    const which = all ? 'all' : 'anonymous';
    yield* askFirst(cli, flags.bool('force'), `WARNING! This will remove ${which} local volumes not used by at least one container.`);
    const { text, reclaimed: bytes } = yield* pruneVolumes(yield* cli.engine(), filters);
    yield* cli.out(text + reclaimed(bytes));
  },
});
