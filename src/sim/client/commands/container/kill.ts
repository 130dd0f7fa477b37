import { defineCommand } from '../../cli/command.ts';
import { eachName } from '../../cli/each.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container kill',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* eachName(cli, args, function* (name) {
      yield* engine.call('POST', `${containerPath(name)}/kill`, { query: { signal: flags.string('signal') || undefined } });
    });
  },
});
