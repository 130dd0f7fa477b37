import { defineCommand } from '../../cli/command.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'volume inspect',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* inspectAll(cli, args, flags.string('format'), (name) => engine.text('GET', objectPath('volumes', name)));
  },
});
