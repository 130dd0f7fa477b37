import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { ellipsis, shortId } from '../../cli/format/words.ts';
import { filterQuery } from '../../engine/query.ts';

const LAYOUT: ListLayout = {
  type: 'plugin.pluginContext',
  headers: { ID: 'ID', Name: 'NAME', Description: 'DESCRIPTION', Enabled: 'ENABLED', PluginReference: 'IMAGE' },
};

interface Plugin {
  readonly Id: string;
  readonly Name: string;
  readonly Enabled: boolean;
  readonly PluginReference?: string;
  readonly Config: { readonly Description: string };
}

export const command = defineCommand({
  path: 'plugin ls',
  *run({ cli, flags }) {
    const quiet = flags.bool('quiet');
    const full = flags.bool('no-trunc');
    const chosen = chooseFormat(flags.string('format'), (yield* cli.config()).format('pluginsFormat'), quiet);
    const table = 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}';
    const format = chosen === 'table' ? (quiet ? '{{.ID}}' : table) : chosen;
    const engine = yield* cli.engine();
    const plugins = yield* engine.get<readonly Plugin[]>('/plugins', { filters: filterQuery(flags.list('filter')) });
    const rows = [...plugins]
      .sort((a, b) => compareNatural(a.Name, b.Name))
      .map(
        (p): Row => ({
          ID: full ? p.Id : shortId(p.Id),
          Name: p.Name,
          Description: full ? p.Config.Description : ellipsis(p.Config.Description, 45),
          Enabled: p.Enabled,
          PluginReference: p.PluginReference ?? '',
        }),
      );
    yield* cli.out(formatList(LAYOUT, format, rows));
  },
});
