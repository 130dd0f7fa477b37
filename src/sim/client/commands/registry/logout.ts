import { defineCommand } from '../../cli/command.ts';
import { eraseCredentials, hostnameOf } from '../../cli/credentials.ts';
import { INDEX_SERVER } from '../../cli/pull.ts';

export const command = defineCommand({
  path: 'logout',
  *run({ cli, args: [server = ''] }) {
    const shown = server === '' ? INDEX_SERVER : hostnameOf(server);
    yield* cli.out(`Removing login credentials for ${shown}\n`);
    yield* eraseCredentials(cli, server === '' ? [INDEX_SERVER] : [server, shown, `http://${shown}`, `https://${shown}`]);
  },
});
