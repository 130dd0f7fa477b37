import { isErrno } from '../../../kernel/errno.ts';
import { own } from '../../../lib/dictionary.ts';
import { indentJson } from '../../../lib/goQuote.ts';
import { type Index, isIndex, type Manifest } from '../../../oci/manifest.ts';
import { referenceString, withDefaultTag } from '../../../oci/reference.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { authKey, readReference } from '../../cli/pull.ts';
import { fetchManifest } from '../../engine/registry.ts';

/** Lists that `docker manifest create` keeps on this machine are not simulated: with two names nothing is found. */
export const command = defineCommand({
  path: 'manifest inspect',
  *run({ cli, flags, args: [first, second] }) {
    if (flags.bool('verbose')) throw new CliError('drydock: "docker manifest inspect --verbose" is not simulated');
    const reference = withDefaultTag(readReference(second ?? first));
    const missing = new CliError(`no such manifest: ${referenceString(reference)}`);
    if (second !== undefined) throw missing;
    const credentials = own((yield* cli.config()).auths, authKey(reference.domain));
    let text: string;
    try {
      const answer = yield* fetchManifest(reference, flags.bool('insecure'), credentials);
      if (answer.status === 401) {
        throw new CliError('errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n');
      }
      if (answer.status !== 200) throw missing;
      text = answer.text;
    } catch (error) {
      if (error instanceof CliError) throw error;
      // A registry that cannot be reached has no manifest, either.
      if (isErrno(error) || error instanceof Error) throw missing;
      throw error;
    }
    const parsed = JSON.parse(text) as Manifest | Index;
    yield* cli.out(isIndex(parsed) ? listText(parsed) : `${indentJson(text, '\t')}\n`);
  },
});

/** The members that docker knows, in its order. */
function listText(index: Index): string {
  const manifests = index.manifests.map(({ mediaType, size, digest, platform }) => ({
    mediaType,
    size,
    digest,
    platform: platform && {
      architecture: platform.architecture,
      os: platform.os,
      ...(platform.variant ? { variant: platform.variant } : {}),
    },
  }));
  return `${JSON.stringify({ schemaVersion: index.schemaVersion, mediaType: index.mediaType, manifests }, undefined, 3)}\n`;
}
