import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import { close, open, rename, statOrNull, write } from '../../../kernel/syscalls.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'image save',
  *run({ cli, flags, args }) {
    const output = flags.string('output');
    if (output === '' && (yield* cli.isTerminal(1))) {
      throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    if (output !== '') {
      const at = output.lastIndexOf('/');
      const dir = at < 0 ? '.' : at === 0 ? '/' : output.slice(0, at);
      if (!(yield* statOrNull(dir)))
        throw new CliError(`failed to save image: invalid output path: stat ${dir}: no such file or directory`);
    }
    const engine = yield* cli.engine();
    const response = yield* engine.open('GET', '/images/get', {
      query: { names: args, platform: platformJson(flags.string('platform')) },
    });
    if (output === '') {
      for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) yield* cli.out(data);
      return;
    }
    // What is there stays until the new archive is whole.
    const temporary = `${output}.tmp`;
    try {
      const fd = yield* open(temporary, 'w', 0o600);
      for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) yield* write(fd, data);
      yield* close(fd);
      yield* rename(temporary, output);
    } catch (error) {
      if (isErrno(error)) throw new CliError(`failed to save image: open ${output}: ${goErrorText(error.code)}`);
      throw error;
    }
  },
});

function platformJson(text: string): string | undefined {
  if (text === '') return undefined;
  const [os, architecture = 'amd64', variant] = text.split('/');
  return JSON.stringify({ architecture, os, ...(variant === undefined ? {} : { variant }) });
}
