import type { ImageSummary } from '../../../api/types/image.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { formatGoTime } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import type { ListLayout, Row } from '../../cli/format/formatter.ts';
import { chooseFormat, formatList } from '../../cli/format/formatter.ts';
import { ago, shortId, size3 } from '../../cli/format/words.ts';
import { filterQuery } from '../../engine/query.ts';

const SINCE = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';

export const IMAGE_LAYOUT: ListLayout = {
  type: 'imageContext',
  headers: {
    ID: 'IMAGE ID',
    Repository: 'REPOSITORY',
    Tag: 'TAG',
    Digest: 'DIGEST',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    Size: 'SIZE',
    Containers: 'CONTAINERS',
    VirtualSize: 'SIZE',
    SharedSize: 'SHARED SIZE',
    UniqueSize: 'UNIQUE SIZE',
  },
};

export const command = defineCommand({
  path: 'image ls',
  *run({ cli, flags, args: [pattern] }) {
    const quiet = flags.bool('quiet');
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

interface RowOptions {
  /** Unix seconds. */
  readonly now: number;
  readonly full: boolean;
  /** `--digests`: an image that has only digests is shown once for each. */
  readonly digests: boolean;
  /** A tag shows the digests of its repository, one row each. */
  readonly namedDigests: boolean;
}

/** An image has a row per name; without any it shows as <none>. */
export function imageRows(image: ImageSummary, options: RowOptions): readonly Row[] {
  const tags = new Map<string, string[]>();
  const digests = new Map<string, string[]>();
  for (const name of image.RepoTags ?? []) {
    const at = name.lastIndexOf(':');
    const repository = name.slice(0, at);
    if (name === '<none>:<none>') continue;
    tags.set(repository, [...(tags.get(repository) ?? []), name.slice(at + 1)]);
  }
  for (const name of image.RepoDigests ?? []) {
    const at = name.indexOf('@');
    const repository = name.slice(0, at);
    if (name === '<none>@<none>') continue;
    digests.set(repository, [...(digests.get(repository) ?? []), name.slice(at + 1)]);
  }
  const rows: Row[] = [];
  for (const [repository, names] of tags) {
    for (const tag of names) {
      const own = options.namedDigests ? (digests.get(repository) ?? ['<none>']) : ['<none>'];
      for (const digest of own) rows.push(rowOf(image, repository, tag, digest, options));
    }
    digests.delete(repository);
  }
  for (const [repository, list] of digests) {
    for (const digest of options.digests ? list : ['']) rows.push(rowOf(image, repository, '<none>', digest, options));
  }
  if (rows.length === 0) rows.push(rowOf(image, '<none>', '<none>', '<none>', options));
  return rows;
}

function rowOf(image: ImageSummary, repository: string, tag: string, digest: string, { now, full }: RowOptions): Row {
  const counted = (n: number): string => (n === -1 ? 'N/A' : size3(n));
  return {
    ID: full ? image.Id : shortId(image.Id),
    Repository: repository,
    Tag: tag,
    Digest: digest,
    CreatedSince: image.Created <= 0 ? '' : ago(now - image.Created),
    CreatedAt: formatGoTime(image.Created),
    Size: size3(image.Size),
    Containers: image.Containers === -1 ? 'N/A' : String(image.Containers),
    VirtualSize: humanSize(image.Size),
    SharedSize: counted(image.SharedSize),
    UniqueSize: image.SharedSize === -1 ? 'N/A' : size3(image.Size - image.SharedSize),
  };
}
