import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import { statOrNull, writeFile } from '../../../kernel/syscalls.ts';
import { type TarInput, writeTar } from '../../../lib/tar/index.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { defineCommand } from '../../cli/command.ts';
import { checkContextName, DEFAULT_CONTEXT, metaJson } from '../../cli/contexts.ts';
import { CliError } from '../../cli/errors.ts';

/** The archive holds meta.json and tls/<endpoint>/<file>. */
export const command = defineCommand({
  path: 'context export',
  *run({ cli, args: [name, file] }) {
    if (name !== DEFAULT_CONTEXT) checkContextName(name);
    const target = file ?? `${name}.dockercontext`;
    if (target === '-' && (yield* cli.isTerminal(1))) throw new CliError('cowardly refusing to export to a terminal, specify a file path');
    const store = cli.contexts();
    const exists = target !== '-' && (yield* statOrNull(target)) !== null;
    if (exists) throw new CliError(`open ${target}: file exists`);
    const members: TarInput[] = [
      { name: 'meta.json', mode: 0o644, data: encodeUtf8(metaJson(yield* store.get(name))) },
      { name: 'tls', type: 'directory', mode: 0o700 },
    ];
    for (const [endpoint, files] of yield* store.tlsFiles(name)) {
      members.push({ name: `tls/${endpoint}`, type: 'directory', mode: 0o700 });
      for (const [base, data] of files) members.push({ name: `tls/${endpoint}/${base}`, mode: 0o600, data });
    }
    const archive = writeTar(members);
    if (target === '-') return yield* cli.out(archive);
    try {
      yield* writeFile(target, archive, 0o600);
    } catch (error) {
      if (isErrno(error)) throw new CliError(`open ${target}: ${goErrorText(error.code)}`);
      throw error;
    }
    yield* cli.err(`Written file "${target}"\n`);
  },
});
