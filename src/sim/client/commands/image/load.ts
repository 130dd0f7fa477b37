import { descriptorBody, fileBody } from '../../cli/archive.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { platformQuery } from '../../cli/platform.ts';
import { progressTarget } from '../../cli/pull.ts';
import { showProgress } from '../../engine/jsonMessage.ts';

export const command = defineCommand({
  path: 'image load',
  *run({ cli, flags }) {
    const platform = platformQuery(flags.string('platform'));
    const input = flags.string('input');
    if (input === '' && (yield* cli.isTerminal(0))) throw new CliError('requested load from stdin, but stdin is empty');
    const body = input === '' ? descriptorBody(0) : yield* fileBody(input);
    const quiet = flags.bool('quiet') || !(yield* cli.isTerminal(1));
    const engine = yield* cli.engine();
    const response = yield* engine.open('POST', '/images/load', {
      query: { quiet: quiet ? 1 : 0, platform },
      headers: { 'Content-Type': 'application/x-tar' },
      body,
    });
    yield* showProgress(response.body, yield* progressTarget(cli, 1));
  },
});
