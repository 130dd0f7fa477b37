import type { ImageDeleteItem } from '../../../api/types/image.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { platformJson } from '../../cli/platform.ts';
import { isNotFound } from '../../engine/errors.ts';
import { imagePath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'image rm',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    const force = flags.bool('force');
    const platforms = flags.list('platform').map((platform) => platformJson(platform, ''));
    const errors: string[] = [];
    let fatal = false;
    for (const name of args) {
      try {
        const items = yield* engine.json<readonly ImageDeleteItem[]>('DELETE', imagePath(name), {
          query: { force, noprune: flags.bool('no-prune'), platforms },
        });
        for (const item of items) yield* cli.out('Deleted' in item ? `Deleted: ${item.Deleted}\n` : `Untagged: ${item.Untagged}\n`);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        if (!isNotFound(error) || !force) fatal = true;
        errors.push(error.message);
      }
    }
    if (errors.length === 0) return;
    if (fatal) throw new CliError(errors.join('\n'));
    yield* cli.err(`${errors.join('\n')}\n`);
  },
});
