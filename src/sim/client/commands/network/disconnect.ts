import { defineCommand } from '../../cli/command.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'network disconnect',
  *run({ cli, flags, args: [network, container] }) {
    const engine = yield* cli.engine();
    yield* engine.call('POST', `${objectPath('networks', network)}/disconnect`, {
      json: { Container: container, Force: flags.bool('force') },
    });
  },
});
