import type { SearchResult } from '../../../api/types/image.ts';
import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { formatList } from '../../cli/format/formatter.ts';
import { ellipsis } from '../../cli/format/words.ts';
import { registryAuth } from '../../cli/pull.ts';
import { filterQuery } from '../../engine/query.ts';

const LAYOUT: ListLayout = {
  type: 'registry.searchContext',
  headers: { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
};
const TABLE = 'table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}';
const DESCRIPTION_WIDTH = 45;

export const command = defineCommand({
  path: 'search',
  *run({ cli, flags, args: [term] }) {
    const filters = flags.list('filter');
    if (filters.some((f) => f.startsWith('is-automated='))) {
      yield* cli.err(
        'WARNING: the "is-automated" filter is deprecated, and searching for "is-automated=true" will not yield any results in future.\n',
      );
    }
    const engine = yield* cli.engine();
    const text = yield* engine.text('GET', '/images/search', {
      query: { term, limit: flags.number('limit') || undefined, filters: filterQuery(filters) },
      headers: { 'X-Registry-Auth': yield* registryAuth(cli, 'docker.io') },
    });
    const asked = flags.string('format');
    const format = asked === '' || asked === 'table' ? TABLE : asked;
    const rows = (JSON.parse(text) as readonly SearchResult[]).map((r) => rowOf(r, flags.bool('no-trunc'), format === 'json'));
    yield* cli.out(formatList(LAYOUT, format, rows));
  },
});

/** JSON has words where tables have a mark. */
function rowOf(result: SearchResult, full: boolean, json: boolean): Row {
  const description = result.description.replace(/[\n\r]/g, ' ');
  return {
    Name: result.name,
    Description: full ? description : ellipsis(description, DESCRIPTION_WIDTH),
    StarCount: String(result.star_count),
    IsOfficial: json ? String(result.is_official) : result.is_official ? '[OK]' : '',
  };
}
