import type { Reference } from '../../../oci/reference.ts';
import { isNameOnly, parseReference, ReferenceError, repositoryName } from '../../../oci/reference.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { imagePath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'image tag',
  *run({ cli, args: [source, target] }) {
    if (!/^[0-9a-f]{64}$/.test(source)) read(source);
    const reference = read(target);
    const engine = yield* cli.engine();
    if (reference.digest !== undefined) throw new CliError('refusing to create a tag with a digest reference');
    yield* engine.call('POST', `${imagePath(source)}/tag`, {
      query: { repo: repositoryName(reference), tag: isNameOnly(reference) ? 'latest' : reference.tag },
    });
  },
});

function read(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof ReferenceError)
      throw new CliError(`Error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${error.message}`);
    throw error;
  }
}
