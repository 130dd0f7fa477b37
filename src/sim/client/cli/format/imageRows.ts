/** Images in lists. */
import type { ImageSummary } from '../../../api/types/image.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { formatGoTime } from '../../../lib/goTime.ts';
import type { ListLayout, Row } from './formatter.ts';
import { ago, shortId, size3 } from './words.ts';

export const IMAGE_LAYOUT: ListLayout = {
  type: 'formatter.imageContext',
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
      for (const digest of own) rows.push(imageRow(image, repository, tag, digest, options));
    }
    digests.delete(repository);
  }
  for (const [repository, list] of digests) {
    for (const digest of options.digests ? list : ['']) rows.push(imageRow(image, repository, '<none>', digest, options));
  }
  if (rows.length === 0) rows.push(imageRow(image, '<none>', '<none>', '<none>', options));
  return rows;
}

export function imageRow(image: ImageSummary, repository: string, tag: string, digest: string, { now, full }: RowOptions): Row {
  const counted = (n: number): string => (n === -1 ? 'N/A' : humanSize(n));
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
    UniqueSize: image.SharedSize === -1 ? 'N/A' : humanSize(image.Size - image.SharedSize),
  };
}
