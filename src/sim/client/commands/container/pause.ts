import { defineCommand } from '../../cli/command.ts';
import { eachName } from '../../cli/each.ts';
import { containerPath } from '../../engine/paths.ts';

export const commands = (['pause', 'unpause'] as const).map((verb) =>
  defineCommand({
    path: `container ${verb}`,
    *run({ cli, args }) {
      const engine = yield* cli.engine();
      yield* eachName(cli, args, function* (name) {
        yield* engine.call('POST', `${containerPath(name)}/${verb}`);
      });
    },
  }),
);
