import { defineCommand } from '../../cli/command.ts';
import { eachName } from '../../cli/each.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'volume rm',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* eachName(cli, args, function* (name) {
      yield* engine.call('DELETE', objectPath('volumes', name), { query: { force: flags.bool('force') } });
    });
  },
});
