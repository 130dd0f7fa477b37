import type { HistoryItem } from '../../../api/types/image.ts';
import { formatRfc3339 } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { formatList } from '../../cli/format/formatter.ts';
import { ago, ellipsis, shortId, size3 } from '../../cli/format/words.ts';
import { platformQuery } from '../../cli/platform.ts';
import { imagePath } from '../../engine/paths.ts';

const LAYOUT: ListLayout = {
  type: 'image.historyContext',
  headers: { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' },
};

export const command = defineCommand({
  path: 'image history',
  *run({ cli, flags, args: [name] }) {
    const engine = yield* cli.engine();
    const items = yield* engine.get<readonly HistoryItem[]>(`${imagePath(name)}/history`, {
      platform: platformQuery(flags.string('platform')),
    });
    const now = yield* cli.now();
    const human = flags.bool('human');
    const full = flags.bool('no-trunc');
    const rows = items.map((item): Row => {
      const by = item.CreatedBy.replace(/\t/g, ' ');
      return {
        ID: full ? item.Id : shortId(item.Id),
        CreatedSince:
          item.Created <= 0 ? 'N/A' : human ? ago(now - item.Created) : formatRfc3339({ seconds: item.Created, nanoseconds: 0, offset: 0 }),
        CreatedAt: formatRfc3339({ seconds: item.Created, nanoseconds: 0, offset: 0 }),
        CreatedBy: full ? by : ellipsis(by, 45),
        Size: human ? size3(item.Size) : String(item.Size),
        Comment: item.Comment,
      };
    });
    const asked = flags.string('format');
    const table = `table {{.ID}}\t{{.${human ? 'CreatedSince' : 'CreatedAt'}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`;
    const format = asked === '' || asked === 'table' ? (flags.bool('quiet') ? '{{.ID}}' : table) : asked;
    yield* cli.out(formatList(LAYOUT, format, rows));
  },
});
