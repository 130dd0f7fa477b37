import type { ImageSummary } from '../../../api/types/image.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import type { Flags } from '../../cli/flags/flags.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { IMAGE_LAYOUT, imageRows } from '../../cli/format/imageRows.ts';
import { filterQuery } from '../../engine/query.ts';

const SINCE = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';

export const command = defineCommand({
  path: 'image ls',
  *run({ cli, flags, args: [pattern] }) {
    const quiet = flags.bool('quiet');
    if (flags.bool('tree')) refuseWithTree(flags);
    const digests = flags.bool('digests');
    const format = expand(chooseFormat(flags.string('format'), (yield* cli.config()).format('imagesFormat'), quiet), quiet, digests);
    const filters = [...flags.list('filter'), ...(pattern === undefined ? [] : [`reference=${pattern}`])];
    const engine = yield* cli.engine();
    const images = yield* engine.get<readonly ImageSummary[]>('/images/json', { all: flags.bool('all'), filters: filterQuery(filters) });
    const now = yield* cli.now();
    const shown = images.flatMap((image) =>
      imageRows(image, { now, full: flags.bool('no-trunc'), digests, namedDigests: digests || format.includes('{{.Digest}}') }),
    );
    yield* cli.out(formatList(IMAGE_LAYOUT, format, shown));
  },
});

/** What `--tree` does not go with. */
function refuseWithTree(flags: Flags): void {
  const also = [
    ['quiet', flags.bool('quiet')],
    ['no-trunc', flags.bool('no-trunc')],
    ['show-digest', flags.bool('digests')],
    ['format', flags.string('format') !== ''],
  ] as const;
  const first = also.find(([, given]) => given);
  if (first) throw new CliError(`--${first[0]} is not yet supported with --tree`);
}

function expand(format: string, quiet: boolean, digests: boolean): string {
  if (format === 'table') {
    if (quiet) return '{{.ID}}';
    return `table {{.Repository}}\t{{.Tag}}\t${digests ? '{{.Digest}}\t' : ''}{{.ID}}\t${SINCE}\t{{.Size}}`;
  }
  if (format === 'raw') {
    if (quiet) return 'image_id: {{.ID}}';
    return `repository: {{ .Repository }}\ntag: {{.Tag}}\n${digests ? 'digest: {{.Digest}}\n' : ''}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`;
  }
  return digests && format.startsWith('table') && !format.includes('{{.Digest}}') ? `${format}\t{{.Digest}}` : format;
}
