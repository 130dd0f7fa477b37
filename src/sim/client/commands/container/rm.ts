import { defineCommand } from '../../cli/command.ts';
import { CliError, joinErrors } from '../../cli/errors.ts';
import { isNotFound } from '../../engine/errors.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container rm',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    const force = flags.bool('force');
    const errors: string[] = [];
    for (const name of args) {
      const bare = name.replace(/^\/+|\/+$/g, '');
      try {
        if (bare === '') throw new CliError('container name cannot be empty');
        yield* engine.call('DELETE', containerPath(bare), { query: { force, link: flags.bool('link'), v: flags.bool('volumes') } });
        yield* cli.out(`${name}\n`);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        // What is gone already is no failure with --force, but it is said.
        if (force && isNotFound(error)) yield* cli.err(`${error.message}\n`);
        else errors.push(error.message);
      }
    }
    joinErrors(errors);
  },
});
