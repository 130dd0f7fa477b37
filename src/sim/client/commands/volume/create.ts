import type { Volume } from '../../../api/types/volume.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'volume create',
  *run({ cli, flags, args: [positional] }) {
    if (positional !== undefined && flags.changed('name')) {
      throw new CliError('conflicting options: cannot specify a volume-name through both --name and as a positional arg');
    }
    const name = positional ?? flags.string('name');
    const options = flags.map('opt');
    const labels = flags.map('label');
    const engine = yield* cli.engine();
    const volume = yield* engine.json<Volume>('POST', '/volumes/create', {
      json: {
        Driver: flags.string('driver'),
        ...(Object.keys(options).length > 0 ? { DriverOpts: options } : {}),
        ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}),
        ...(name === '' ? {} : { Name: name }),
      },
    });
    yield* cli.out(`${volume.Name}\n`);
  },
});
