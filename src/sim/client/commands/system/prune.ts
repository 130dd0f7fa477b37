import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { askFirst, reclaimed } from '../../cli/prune.ts';
import { pruneBuildCache, pruneContainers, pruneImages, pruneNetworks, pruneVolumes } from '../../cli/pruners.ts';

export const command = defineCommand({
  path: 'system prune',
  *run({ cli, flags }) {
    const filters = flags.list('filter');
    const all = flags.bool('all');
    if (flags.bool('volumes') && filters.some((f) => f.startsWith('until=')))
      throw new CliError('ERROR: The "until" filter is not supported with "--volumes"');
    yield* askFirst(cli, flags.bool('force'), warning(flags));
    const engine = yield* cli.engine();
    const pruners = [
      () => pruneContainers(engine, filters),
      () => pruneNetworks(engine, filters),
      ...(flags.bool('volumes') ? [() => pruneVolumes(engine, filters)] : []),
      () => pruneImages(engine, filters, all),
      () => pruneBuildCache(engine, filters, all),
    ];
    let bytes = 0;
    for (const prune of pruners) {
      const pruned = yield* prune();
      bytes += pruned.reclaimed;
      yield* cli.out(pruned.text);
    }
    yield* cli.out(reclaimed(bytes));
  },
});

function warning(flags: Flags): string {
  const all = flags.bool('all');
  const kinds = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(flags.bool('volumes') ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  const filters = flags
    .list('filter')
    .filter((f) => /^(label!?|until)=/.test(f))
    .sort(compareNatural);
  const filtered =
    filters.length === 0 ? '' : `\n  Items to be pruned will be filtered with:\n${filters.map((f) => `  - ${f}\n`).join('')}`;
  return `WARNING! This will remove:\n${kinds.map((kind) => `  - ${kind}\n`).join('')}${filtered}`;
}
