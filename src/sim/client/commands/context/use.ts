import { defineCommand } from '../../cli/command.ts';
import { saveConfigFile } from '../../cli/configFile.ts';
import { checkContextName, DEFAULT_CONTEXT } from '../../cli/contexts.ts';

export const command = defineCommand({
  path: 'context use',
  *run({ cli, args: [name] }) {
    if (name !== DEFAULT_CONTEXT) {
      checkContextName(name);
      yield* cli.contexts().get(name);
    }
    const config = yield* cli.config();
    const value = name === DEFAULT_CONTEXT ? '' : name;
    if (config.currentContext !== value) yield* saveConfigFile(config, { currentContext: value });
    yield* cli.out(`${name}\n`);
    yield* cli.err(`Current context is now "${name}"\n`);
    if (name !== DEFAULT_CONTEXT && cli.env.get('DOCKER_HOST')) {
      yield* cli.err(
        `Warning: DOCKER_HOST environment variable overrides the active context. To use "${name}", either set the global --context flag, or unset DOCKER_HOST environment variable.\n`,
      );
    }
  },
});
