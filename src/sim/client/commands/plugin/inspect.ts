import { defineCommand } from '../../cli/command.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { pathPart } from '../../engine/query.ts';

export const command = defineCommand({
  path: 'plugin inspect',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* inspectAll(cli, args, flags.string('format'), (name) => engine.text('GET', `/plugins/${pathPart(name)}/json`));
  },
});
