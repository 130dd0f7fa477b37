import type { VolumeList } from '../../../api/types/volume.ts';
import { defineCommand } from '../../cli/command.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { VOLUME_LAYOUT, volumeRow } from '../../cli/format/volumeRow.ts';
import { filterQuery } from '../../engine/query.ts';

export const command = defineCommand({
  path: 'volume ls',
  *run({ cli, flags }) {
    const quiet = flags.bool('quiet');
    const chosen = chooseFormat(flags.string('format'), (yield* cli.config()).format('volumesFormat'), quiet);
    const engine = yield* cli.engine();
    const { Volumes } = yield* engine.get<VolumeList>('/volumes', { filters: filterQuery(flags.list('filter')) });
    // Volumes of a cluster are not simulated: there are none.
    if (flags.bool('cluster')) return yield* cli.out(formatList(VOLUME_LAYOUT, quiet ? '{{.Name}}' : CLUSTER, []));
    const sorted = [...(Volumes ?? [])].sort((a, b) => compareNatural(a.Name, b.Name));
    yield* cli.out(formatList(VOLUME_LAYOUT, expand(chosen, quiet), sorted.map(volumeRow)));
  },
});

const CLUSTER = 'table {{.Name}}\t{{.Group}}\t{{.Driver}}\t{{.Availability}}\t{{.Status}}';

function expand(format: string, quiet: boolean): string {
  if (format === 'table') return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}';
  if (format === 'raw') return quiet ? 'name: {{.Name}}' : 'name: {{.Name}}\ndriver: {{.Driver}}\n';
  return format;
}
