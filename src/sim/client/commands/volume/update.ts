import type { Volume } from '../../../api/types/volume.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { objectPath } from '../../engine/paths.ts';

/** Only volumes of a cluster can change, and those are not simulated. */
export const command = defineCommand({
  path: 'volume update',
  *run({ cli, args: [name] }) {
    const engine = yield* cli.engine();
    yield* engine.get<Volume>(objectPath('volumes', name));
    throw new CliError('can only update cluster volumes');
  },
});
