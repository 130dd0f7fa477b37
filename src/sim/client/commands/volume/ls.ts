import type { Volume, VolumeList } from '../../../api/types/volume.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { labelList, labelMethod } from '../../cli/format/words.ts';
import { filterQuery } from '../../engine/query.ts';

const LAYOUT: ListLayout = {
  type: 'volumeContext',
  headers: {
    ID: 'ID',
    Name: 'VOLUME NAME',
    Group: 'GROUP',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Status: 'STATUS',
  },
};

export const command = defineCommand({
  path: 'volume ls',
  *run({ cli, flags }) {
    const quiet = flags.bool('quiet');
    const chosen = chooseFormat(flags.string('format'), (yield* cli.config()).format('volumesFormat'), quiet);
    const engine = yield* cli.engine();
    const { Volumes } = yield* engine.get<VolumeList>('/volumes', { filters: filterQuery(flags.list('filter')) });
    const sorted = [...(Volumes ?? [])].sort((a, b) => compareNatural(a.Name, b.Name));
    yield* cli.out(formatList(LAYOUT, expand(chosen, quiet), sorted.map(rowOf)));
  },
});

function expand(format: string, quiet: boolean): string {
  if (format === 'table') return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}';
  if (format === 'raw') return quiet ? 'name: {{.Name}}' : 'name: {{.Name}}\ndriver: {{.Driver}}\n';
  return format;
}

/** Group, availability and status belong to cluster volumes. */
function rowOf(volume: Volume): Row {
  return {
    Name: volume.Name,
    Driver: volume.Driver,
    Scope: volume.Scope,
    Mountpoint: volume.Mountpoint,
    Labels: labelList(volume.Labels),
    Label: labelMethod(volume.Labels),
    Links: volume.UsageData ? String(volume.UsageData.RefCount) : 'N/A',
    Size: volume.UsageData ? humanSize(volume.UsageData.Size) : 'N/A',
    Group: 'N/A',
    Availability: 'N/A',
    Status: 'N/A',
  };
}
