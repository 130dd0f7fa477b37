import type { Sim } from '../../../kernel/sim.ts';
import { isNameOnly, referenceString, repositoryName, withDefaultTag } from '../../../oci/reference.ts';
import type { Cli } from '../../cli/cli.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { noteText } from '../../cli/format/note.ts';
import { platformQuery } from '../../cli/platform.ts';
import { progressTarget, readReference, registryAuth } from '../../cli/pull.ts';
import { showProgress } from '../../engine/jsonMessage.ts';
import { imagePath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'image push',
  *run({ cli, flags, args: [name] }) {
    const all = flags.bool('all-tags');
    const quiet = flags.bool('quiet');
    const platform = yield* platformTold(cli, flags.string('platform'));
    let reference = readReference(name);
    if (all && !isNameOnly(reference)) throw new CliError("tag can't be used with --all-tags/-a");
    if (!all && isNameOnly(reference)) {
      reference = withDefaultTag(reference);
      if (!quiet) yield* cli.out('Using default tag: latest\n');
    }
    if (reference.digest !== undefined) throw new CliError('cannot push a digest reference');
    const engine = yield* cli.engine();
    const response = yield* engine.open('POST', `${imagePath(repositoryName(reference))}/push`, {
      query: { tag: all ? undefined : reference.tag, platform },
      headers: { 'X-Registry-Auth': yield* registryAuth(cli, reference.domain) },
    });
    const target = yield* progressTarget(cli, 1);
    yield* showProgress(response.body, quiet ? { ...target, terminal: false, *write() {} } : target);
    if (quiet) yield* cli.out(`${referenceString(reference)}\n`);
  },
});

const ONE_PLATFORM = `Using --platform pushes only the specified platform manifest of a multi-platform image index.
Other components, like attestations, will not be included.
To push the complete multi-platform image, remove the --platform flag.
`;

/** The platform as the query has it, with a remark about what is not pushed then. */
function* platformTold(cli: Cli, platform: string): Sim<string | undefined> {
  const query = platformQuery(platform, `Invalid platform ${platform}`);
  if (query !== undefined) yield* cli.out(noteText(yield* cli.isTerminal(1), ONE_PLATFORM));
  return query;
}
