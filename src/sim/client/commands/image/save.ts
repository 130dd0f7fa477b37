import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import { close, open, rename, write } from '../../../kernel/syscalls.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { checkOutputFile } from '../../cli/outputFile.ts';
import { platformQuery } from '../../cli/platform.ts';

export const command = defineCommand({
  path: 'image save',
  *run({ cli, flags, args }) {
    const output = flags.string('output');
    if (output === '' && (yield* cli.isTerminal(1))) {
      throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    const platform = platformQuery(flags.string('platform'));
    if (output !== '') yield* checkOutputFile(output, 'failed to save image');
    const engine = yield* cli.engine();
    const response = yield* engine.open('GET', '/images/get', {
      query: { names: args, platform },
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
