/** Verbs that take several names do each of them, and fail at the end if any failed. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cli } from './cli.ts';
import { CliError, joinErrors } from './errors.ts';

/** Prints each name after its work is done; the errors come together at the end. */
export function* eachName(cli: Cli, names: readonly string[], work: (name: string) => Sim<string | void>): Sim<void> {
  const errors: string[] = [];
  for (const name of names) {
    try {
      const shown = yield* work(name);
      yield* cli.out(`${shown ?? name}\n`);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  joinErrors(errors);
}
