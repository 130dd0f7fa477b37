import type { NetworksPruneReport } from '../../../api/types/network.ts';
import { defineCommand } from '../../cli/command.ts';
import { askFirst, deletedList } from '../../cli/prune.ts';
import { filterQuery } from '../../engine/query.ts';

export const command = defineCommand({
  path: 'network prune',
  *run({ cli, flags }) {
    yield* askFirst(cli, flags.bool('force'), 'WARNING! This will remove all custom networks not used by at least one container.');
    const engine = yield* cli.engine();
    const report = yield* engine.json<NetworksPruneReport>('POST', '/networks/prune', {
      query: { filters: filterQuery(flags.list('filter')) },
    });
    yield* cli.out(deletedList('Networks', report.NetworksDeleted));
  },
});
