import { defineCommand } from '../../cli/command.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container inspect',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* inspectAll(cli, args, flags.string('format'), (name) =>
      engine.text('GET', `${containerPath(name)}/json`, { query: { size: flags.bool('size') } }),
    );
  },
});
