import type { WaitResponse } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError, joinErrors } from '../../cli/errors.ts';
import { containerPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'container wait',
  *run({ cli, args }) {
    const engine = yield* cli.engine();
    const errors: string[] = [];
    for (const name of args) {
      try {
        const answer = yield* engine.json<WaitResponse>('POST', `${containerPath(name)}/wait`);
        yield* cli.out(`${answer.StatusCode}\n`);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(error.message);
      }
    }
    joinErrors(errors);
  },
});
