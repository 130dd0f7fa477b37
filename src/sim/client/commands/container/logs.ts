import type { ContainerInspect } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { timestampQuery } from '../../cli/timestamp.ts';
import { containerPath } from '../../engine/paths.ts';
import { copyRaw, demultiplex } from '../../engine/stdcopy.ts';

export const command = defineCommand({
  path: 'container logs',
  *run({ cli, flags, args: [name] }) {
    const engine = yield* cli.engine();
    const { Id, Config } = yield* engine.get<ContainerInspect>(`${containerPath(name)}/json`);
    const now = yield* cli.now();
    const response = yield* engine.open('GET', `/containers/${Id}/logs`, {
      query: {
        stdout: 1,
        stderr: 1,
        follow: flags.bool('follow'),
        timestamps: flags.bool('timestamps'),
        details: flags.bool('details'),
        since: timestampQuery(flags.string('since'), now, 'since'),
        until: timestampQuery(flags.string('until'), now, 'until'),
        tail: flags.string('tail'),
      },
    });
    const outputs = { out: (data: Uint8Array) => cli.out(data), err: (data: Uint8Array) => cli.err(data) };
    yield* Config.Tty ? copyRaw(response.body, outputs) : demultiplex(response.body, outputs);
  },
});
