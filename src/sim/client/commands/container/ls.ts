import type { ContainerSummary } from '../../../api/types/container.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { CONTAINER_LAYOUT, containerRow } from '../../cli/format/containerRow.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { execute, GoStruct, parse, TemplateError } from '../../cli/template/index.ts';
import { filterQuery } from '../../engine/query.ts';

const DEFAULT = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

export const command = defineCommand({
  path: 'container ls',
  *run({ cli, flags }) {
    const quiet = flags.bool('quiet');
    const chosen = chooseFormat(flags.string('format'), (yield* cli.config()).format('psFormat'), quiet);
    const usesSize = checkTemplate(chosen);
    if (quiet && flags.string('format') !== '') {
      yield* cli.err('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
    }
    const format = expand(chosen, quiet, flags.bool('size'));
    const last = flags.bool('latest') && flags.number('last') === -1 ? 1 : flags.number('last');
    const engine = yield* cli.engine();
    const list = yield* engine.get<readonly ContainerSummary[]>('/containers/json', {
      all: flags.bool('all'),
      size: flags.bool('size') || usesSize,
      limit: last > 0 ? last : undefined,
      filters: filterQuery(flags.list('filter')),
    });
    const now = yield* cli.now();
    yield* cli.out(
      formatList(
        CONTAINER_LAYOUT,
        format,
        list.map((c) => containerRow(c, now, flags.bool('no-trunc'))),
      ),
    );
  },
});

const NO_CONTAINER: ContainerSummary = {
  Id: '',
  Names: [],
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: [],
  Labels: {},
  State: '',
  Status: '',
  HostConfig: { NetworkMode: '' },
  NetworkSettings: { Networks: {} },
  Mounts: [],
};

/** Tries the template on a container without any value, before anything is asked, and tells whether it shows the size. */
function checkTemplate(format: string): boolean {
  let size = false;
  const row = {
    ...containerRow(NO_CONTAINER, 0, false),
    Size: () => {
      size = true;
      return '0B';
    },
  };
  let doing = 'parse';
  try {
    const template = parse(format);
    doing = 'execute';
    execute(template, new GoStruct(`*${CONTAINER_LAYOUT.type}`, row, () => row.Size()));
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`failed to ${doing} template: ${error.message}`);
    throw error;
  }
  return size;
}

function expand(format: string, quiet: boolean, size: boolean): string {
  if (format === 'table') return quiet ? '{{.ID}}' : DEFAULT + (size ? '\t{{.Size}}' : '');
  if (format === 'raw') {
    if (quiet) return 'container_id: {{.ID}}';
    return `container_id: {{.ID}}\nimage: {{.Image}}\ncommand: {{.Command}}\ncreated_at: {{.CreatedAt}}\nstate: {{- pad .State 1 0}}\nstatus: {{- pad .Status 1 0}}\nnames: {{.Names}}\nlabels: {{- pad .Labels 1 0}}\nports: {{- pad .Ports 1 0}}\n${size ? 'size: {{.Size}}\n' : ''}`;
  }
  return quiet ? '{{.ID}}' : format;
}
