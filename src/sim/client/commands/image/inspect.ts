import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { platformQuery } from '../../cli/platform.ts';
import { imagePath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'image inspect',
  *run({ cli, flags, args }) {
    const platform = platformQuery(flags.string('platform'), '');
    const engine = yield* cli.engine();
    yield* inspectAll(cli, args, flags.string('format'), (name) => {
      if (name === '') throw new CliError(`Error: No such image: ${name}`);
      return engine.text('GET', `${imagePath(name)}/json`, { query: { platform } });
    });
  },
});
