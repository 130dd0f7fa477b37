import { defineCommand } from '../../cli/command.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'network inspect',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    const query = { verbose: flags.bool('verbose') ? 'true' : undefined };
    yield* inspectAll(cli, args, flags.string('format'), (name) => engine.text('GET', objectPath('networks', name), { query }));
  },
});
