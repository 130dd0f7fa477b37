import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { saveConfigFile } from '../../cli/configFile.ts';
import { DEFAULT_CONTEXT } from '../../cli/contexts.ts';
import { eachName } from '../../cli/each.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'context rm',
  *run({ cli, flags, args }) {
    const current = yield* cli.contextName();
    yield* eachName(cli, args, (name) => remove(cli, name, name === current, flags.bool('force')));
  },
});

function* remove(cli: Cli, name: string, inUse: boolean, force: boolean): Sim<void> {
  if (name === DEFAULT_CONTEXT) throw new CliError('context "default" cannot be removed');
  if (inUse) {
    if (!force) throw new CliError(`context "${name}" is in use, set -f flag to force remove`);
    yield* saveConfigFile(yield* cli.config(), { currentContext: '' });
    cli.reloadConfig();
  }
  const store = cli.contexts();
  if (!force && !(yield* store.directoryExists(name))) throw new CliError(`context "${name}" does not exist`);
  yield* store.remove(name);
}
