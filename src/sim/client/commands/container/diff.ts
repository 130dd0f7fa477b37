import type { FilesystemChange } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { containerPath } from '../../engine/paths.ts';

const KINDS = ['C', 'A', 'D'];

export const command = defineCommand({
  path: 'container diff',
  *run({ cli, args: [name] }) {
    if (name === '') throw new CliError('Container name cannot be empty');
    const engine = yield* cli.engine();
    const changes = yield* engine.get<readonly FilesystemChange[] | null>(`${containerPath(name)}/changes`);
    yield* cli.out((changes ?? []).map((change) => `${KINDS[change.Kind] ?? ''} ${change.Path}\n`).join(''));
  },
});
