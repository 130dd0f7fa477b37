import { isNameOnly, referenceString, repositoryName, withDefaultTag } from '../../../oci/reference.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { platformQuery } from '../../cli/platform.ts';
import { progressTarget, readReference, registryAuth } from '../../cli/pull.ts';
import { showProgress } from '../../engine/jsonMessage.ts';
import { imagePath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'image push',
  *run({ cli, flags, args: [name] }) {
    const all = flags.bool('all-tags');
    const quiet = flags.bool('quiet');
    let reference = readReference(name);
    if (all && !isNameOnly(reference)) throw new CliError("tag can't be used with --all-tags/-a");
    if (!all && isNameOnly(reference)) {
      reference = withDefaultTag(reference);
      if (!quiet) yield* cli.out('Using default tag: latest\n');
    }
    if (reference.digest !== undefined) throw new CliError('cannot push a digest reference');
    const engine = yield* cli.engine();
    const response = yield* engine.open('POST', `${imagePath(repositoryName(reference))}/push`, {
      query: { tag: all ? undefined : reference.tag, platform: platformQuery(flags.string('platform')) },
      headers: { 'X-Registry-Auth': yield* registryAuth(cli, reference.domain) },
    });
    const target = yield* progressTarget(cli, 1);
    yield* showProgress(response.body, quiet ? { ...target, terminal: false, *write() {} } : target);
    if (quiet) yield* cli.out(`${referenceString(reference)}\n`);
  },
});
