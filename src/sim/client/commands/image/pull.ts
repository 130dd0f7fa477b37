import { isNameOnly, referenceString, withDefaultTag } from '../../../oci/reference.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { pullImage, readReference } from '../../cli/pull.ts';

export const command = defineCommand({
  path: 'image pull',
  *run({ cli, flags, args: [name] }) {
    let reference = readReference(name);
    const all = flags.bool('all-tags');
    const quiet = flags.bool('quiet');
    if (all && !isNameOnly(reference)) throw new CliError("tag can't be used with --all-tags/-a");
    if (!all && isNameOnly(reference)) {
      reference = withDefaultTag(reference);
      if (!quiet) yield* cli.out('Using default tag: latest\n');
    }
    yield* pullImage(cli, reference, { all, platform: flags.string('platform'), quiet, fd: 1 });
    yield* cli.out(`${referenceString(reference)}\n`);
  },
});
