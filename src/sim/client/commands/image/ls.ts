import type { ImageSummary } from '../../../api/types/image.ts';
import { defineCommand } from '../../cli/command.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { IMAGE_LAYOUT, imageRows } from '../../cli/format/imageRows.ts';
import { showTree } from '../../cli/format/imageTree.ts';
import { root } from '../../cli/tree.ts';
import { filterQuery } from '../../engine/query.ts';

const SINCE = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';

export const command = defineCommand({
  path: 'image ls',
  *run({ cli, flags, args: [pattern], node }) {
    const filters = [...flags.list('filter'), ...(pattern === undefined ? [] : [`reference=${pattern}`])];
    if (flags.bool('tree')) return yield* showTree(cli, flags, filters);
    const quiet = flags.bool('quiet');
    const digests = flags.bool('digests');
    const format = expand(chooseFormat(flags.string('format'), (yield* cli.config()).format('imagesFormat'), quiet), quiet, digests);
    const engine = yield* cli.engine();
    const images = yield* engine.get<readonly ImageSummary[]>('/images/json', { all: flags.bool('all'), filters: filterQuery(filters) });
    const now = yield* cli.now();
    const shown = images.flatMap((image) =>
      imageRows(image, { now, full: flags.bool('no-trunc'), digests, namedDigests: digests || format.includes('{{.Digest}}') }),
    );
    yield* cli.out(formatList(IMAGE_LAYOUT, format, shown));
    if (pattern !== undefined && images.length === 0 && node.name === 'images') yield* cli.err(hint(pattern));
  },
});

/** `docker images` takes a name; who types a verb of `docker image` there is told so. */
function hint(word: string): string {
  const verbs = root.children.get('image')?.children;
  if (!verbs?.has(word)) return '';
  return `\nNo images found matching ${JSON.stringify(word)}: did you mean "docker image ${word}"?\n`;
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
