import type { ContainerSummary } from '../../../api/types/container.ts';
import { goQuote } from '../../../lib/goQuote.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { formatGoTime } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { portList } from '../../cli/format/ports.ts';
import { ago, ellipsis, labelList, labelMethod, shortId } from '../../cli/format/words.ts';
import { execute, GoStruct, parse, TemplateError } from '../../cli/template/index.ts';
import { filterQuery } from '../../engine/query.ts';

const DEFAULT = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

const LAYOUT: ListLayout = {
  type: 'ContainerContext',
  headers: {
    ID: 'CONTAINER ID',
    Names: 'NAMES',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
    Mounts: 'MOUNTS',
    LocalVolumes: 'LOCAL VOLUMES',
    Networks: 'NETWORKS',
    Platform: 'PLATFORM',
  },
};

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
    const last = flags.bool('latest') ? 1 : flags.number('last');
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
        LAYOUT,
        format,
        list.map((c) => rowOf(c, now, flags.bool('no-trunc'))),
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
    ...rowOf(NO_CONTAINER, 0, false),
    Size: () => {
      size = true;
      return '0B';
    },
  };
  let doing = 'parse';
  try {
    const template = parse(format);
    doing = 'execute';
    execute(template, new GoStruct(`*formatter.${LAYOUT.type}`, row, () => row.Size()));
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

/** One container, as lists show it. `now` in Unix seconds. */
export function rowOf(c: ContainerSummary, now: number, full: boolean): Row {
  const names = c.Names.map((n) => n.replace(/^\//, ''));
  const mounts = c.Mounts.map((m) => m.Name || m.Source);
  return {
    ID: full ? c.Id : shortId(c.Id),
    Names: (full ? names : names.filter((n) => !n.includes('/'))).join(','),
    Image: c.Image === '' ? '<no image>' : full ? c.Image : shownImage(c),
    Command: goQuote(full ? c.Command : ellipsis(c.Command, 20)),
    CreatedAt: formatGoTime(c.Created),
    RunningFor: ago(now - c.Created),
    Ports: portList(c.Ports),
    State: c.State,
    Status: c.Status,
    Size: sizeOf(c),
    Labels: labelList(c.Labels),
    Label: labelMethod(c.Labels),
    Mounts: mounts.map((m) => (full ? m : ellipsis(m, 15))).join(','),
    LocalVolumes: String(c.Mounts.filter((m) => m.Driver === 'local').length),
    Networks: Object.keys(c.NetworkSettings?.Networks ?? {})
      .sort()
      .join(','),
    Platform: null,
  };
}

/** An image that is named by its id is shortened; a name loses its digest. */
function shownImage(c: ContainerSummary): string {
  if (c.ImageID.replace(/^sha256:/, '') === c.Image.replace(/^sha256:/, '')) return shortId(c.Image);
  const at = c.Image.indexOf('@');
  return at < 0 ? c.Image : c.Image.slice(0, at);
}

function sizeOf(c: ContainerSummary): string {
  const own = humanSize(c.SizeRw ?? 0, 3);
  return (c.SizeRootFs ?? 0) > 0 ? `${own} (virtual ${humanSize(c.SizeRootFs!, 3)})` : own;
}
