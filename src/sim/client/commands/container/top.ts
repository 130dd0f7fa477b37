import type { TopResponse } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { tabulate } from '../../cli/format/tabWriter.ts';
import { containerPath } from '../../engine/paths.ts';

const LAYOUT = { minWidth: 20, padding: 3 };

export const command = defineCommand({
  path: 'container top',
  *run({ cli, args: [name, ...options] }) {
    const engine = yield* cli.engine();
    const query = { ps_args: options.length === 0 ? undefined : options.join(' ') };
    const { Titles, Processes } = yield* engine.get<TopResponse>(`${containerPath(name)}/top`, query);
    const lines = [Titles, ...Processes].map((row) => row.join('\t'));
    yield* cli.out(tabulate(lines.map((line) => `${line}\n`).join(''), LAYOUT));
  },
});
