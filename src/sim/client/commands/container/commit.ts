import { parseReference, type Reference, ReferenceError, withDefaultTag } from '../../../oci/reference.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'container commit',
  *run({ cli, flags, args: [container, name = ''] }) {
    if (container.trim() === '') throw new CliError('invalid container name or ID: value is empty');
    const target = name === '' ? undefined : targetOf(name);
    const engine = yield* cli.engine();
    const { Id } = yield* engine.json<{ readonly Id: string }>('POST', '/commit', {
      query: {
        container,
        repo: target ? `${target.domain}/${target.path}` : '',
        tag: target?.tag ?? '',
        comment: flags.string('message'),
        author: flags.string('author'),
        changes: flags.list('change'),
        pause: flags.bool('pause') ? undefined : 0,
      },
    });
    yield* cli.out(`${Id}\n`);
  },
});

function targetOf(name: string): Reference {
  try {
    const parsed = parseReference(name);
    if (parsed.digest !== undefined) throw new CliError('refusing to create a tag with a digest reference');
    return withDefaultTag(parsed);
  } catch (error) {
    if (error instanceof ReferenceError) throw new CliError(error.message);
    throw error;
  }
}
