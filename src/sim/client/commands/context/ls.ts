import { defineCommand } from '../../cli/command.ts';
import { type ContextMeta, DEFAULT_CONTEXT, describe } from '../../cli/contexts.ts';
import { CliError } from '../../cli/errors.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { formatList } from '../../cli/format/formatter.ts';
import { compareNatural } from '../../cli/format/natural.ts';
import { ellipsis } from '../../cli/format/words.ts';

const LAYOUT: ListLayout = {
  type: 'formatter.clientContextContext',
  headers: { Name: 'NAME', Description: 'DESCRIPTION', DockerEndpoint: 'DOCKER ENDPOINT', Error: 'ERROR' },
};
const TABLE = 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}';

export const command = defineCommand({
  path: 'context ls',
  *run({ cli, flags }) {
    const store = cli.contexts();
    const current = yield* cli.contextName();
    const rows = (yield* store.list()).map((meta) => rowOf(meta, meta.Name === current));
    if (!rows.some((row) => row.Current === true)) {
      // The one in use is nowhere: it is listed with what is wrong.
      try {
        yield* store.get(current);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        rows.push({ Current: true, Description: '', DockerEndpoint: '', Error: ellipsis(error.message, 45), Name: current });
        rows.sort((a, b) => compareNatural(String(a.Name), String(b.Name)));
      }
    }
    const asked = flags.string('format');
    const format = flags.bool('quiet') ? '{{.Name}}' : asked === '' || asked === 'table' ? TABLE : asked;
    yield* cli.out(formatList(LAYOUT, format, rows));
    if (cli.env.get('DOCKER_HOST')) {
      yield* cli.err(
        'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.\n',
      );
    }
  },
});

function rowOf(meta: ContextMeta, current: boolean): Row {
  const endpoint = meta.Endpoints.docker;
  return {
    Current: current,
    Description: describe(meta),
    DockerEndpoint: endpoint?.Host ?? '',
    Error: endpoint || meta.Name === DEFAULT_CONTEXT ? '' : 'cannot find docker endpoint in context',
    Name: meta.Name,
  };
}
