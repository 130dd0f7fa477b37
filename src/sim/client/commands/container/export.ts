import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { checkOutputFile, writeOutputFile } from '../../cli/outputFile.ts';
import { containerPath } from '../../engine/paths.ts';

const FAILED = 'failed to export container';

export const command = defineCommand({
  path: 'container export',
  *run({ cli, flags, args: [name] }) {
    const output = flags.string('output');
    if (output !== '') yield* checkOutputFile(output, FAILED);
    else if (yield* cli.isTerminal(1)) throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    const engine = yield* cli.engine();
    const { body } = yield* engine.open('GET', `${containerPath(name)}/export`);
    if (output !== '') yield* writeOutputFile(output, body, FAILED);
    else for (let data = yield* body.read(); data !== null; data = yield* body.read()) yield* cli.out(data);
  },
});
