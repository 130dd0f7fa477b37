import type { NetworkInspect } from '../../../api/types/network.ts';
import { defineCommand } from '../../cli/command.ts';
import { confirm } from '../../cli/confirm.ts';
import { CliError } from '../../cli/errors.ts';
import { isNotFound } from '../../engine/errors.ts';
import { objectPath } from '../../engine/paths.ts';

const INGRESS_WARNING =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\nAre you sure you want to continue?';

export const command = defineCommand({
  path: 'network rm',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    let failed = false;
    for (const name of args) {
      try {
        const network = yield* engine.get<NetworkInspect>(objectPath('networks', name));
        if (network.Ingress && !(yield* confirm(cli, INGRESS_WARNING))) continue;
      } catch (error) {
        // The removal itself tells what is wrong.
        if (!(error instanceof CliError)) throw error;
      }
      try {
        yield* engine.call('DELETE', objectPath('networks', name));
        yield* cli.out(`${name}\n`);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        if (flags.bool('force') && isNotFound(error)) continue;
        yield* cli.err(`${error.message}\n`);
        failed = true;
      }
    }
    // docker's own slip: the status is told as if a program had failed.
    if (failed) throw new CliError('exit status 1');
  },
});
