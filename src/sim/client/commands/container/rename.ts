import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container rename',
  *run({ cli, args }) {
    const [from, to] = args.map((name) => name.trim());
    if (from === '' || to === '') throw new CliError('Error: Neither old nor new names may be empty');
    const engine = yield* cli.engine();
    try {
      yield* engine.call('POST', `${containerPath(from)}/rename`, { query: { name: to } });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      yield* cli.err(`${error.message}\n`);
      throw new CliError(`Error: failed to rename container named ${from}`);
    }
  },
});
