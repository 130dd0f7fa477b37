import { defineCommand } from '../../cli/command.ts';
import { askFirst, reclaimed } from '../../cli/prune.ts';
import { pruneImages } from '../../cli/pruners.ts';

export const command = defineCommand({
  path: 'image prune',
  *run({ cli, flags }) {
    const all = flags.bool('all');
    const which = all ? 'images without at least one container associated to them' : 'dangling images';
    yield* askFirst(cli, flags.bool('force'), `WARNING! This will remove all ${which}.`);
    const { text, reclaimed: bytes } = yield* pruneImages(yield* cli.engine(), flags.list('filter'), all);
    yield* cli.out(text + reclaimed(bytes));
  },
});
