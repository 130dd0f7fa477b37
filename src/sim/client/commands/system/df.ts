import type { BuildCacheRecord, DiskUsage } from '../../../api/types/system.ts';
import { escapeJsonHtml } from '../../../lib/goQuote.ts';
import { humanSize } from '../../../lib/goSize.ts';
import { parseRfc3339 } from '../../../lib/goTime.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { CONTAINER_LAYOUT, containerRow } from '../../cli/format/containerRow.ts';
import { formatList, type ListLayout, type Row, rowJson } from '../../cli/format/formatter.ts';
import { IMAGE_LAYOUT, imageRow } from '../../cli/format/imageRows.ts';
import { VOLUME_LAYOUT, volumeRow } from '../../cli/format/volumeRow.ts';
import { ago } from '../../cli/format/words.ts';
import { execute, GoStruct, parse, TemplateError } from '../../cli/template/index.ts';

const LAYOUT: ListLayout = {
  type: 'formatter.diskUsageImagesContext',
  headers: { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' },
};
const TABLE = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}';
const RAW = 'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n';

export const command = defineCommand({
  path: 'system df',
  *run({ cli, flags }) {
    const usage = yield* (yield* cli.engine()).get<DiskUsage>('/system/df');
    const format = flags.string('format');
    if (!flags.bool('verbose')) {
      const expanded = format === '' || format === 'table' ? TABLE : format === 'raw' ? RAW : format;
      return yield* cli.out(formatList(LAYOUT, expanded, totals(usage)));
    }
    // A template that is no table gets ids and commands in full.
    const full = format !== '' && !format.startsWith('table');
    const sections = sectionsOf(usage, yield* cli.now(), full);
    yield* cli.out(format === '' || format === 'table' ? tables(sections, usage) : custom(sections, format));
  },
});

function totals(usage: DiskUsage): readonly Row[] {
  const images = usage.Images ?? [];
  const containers = usage.Containers ?? [];
  const volumes = usage.Volumes ?? [];
  const cache = usage.BuildCache ?? [];
  const layers = usage.LayersSize ?? 0;
  const ownBytes = images
    .filter((i) => i.Containers !== 0 && i.Size !== -1 && i.SharedSize !== -1)
    .reduce((sum, i) => sum + i.Size - i.SharedSize, 0);
  const active = new Set(['running', 'paused', 'restarting']);
  const containerBytes = sum(containers.map((c) => c.SizeRw ?? 0));
  const volumeBytes = sum(volumes.map((v) => Math.max(0, v.UsageData?.Size ?? 0)));
  const cacheBytes = sum(cache.filter((c) => !c.Shared).map((c) => c.Size));
  return [
    total('Images', images.length, images.filter((i) => i.Containers > 0).length, layers, layers - ownBytes, true),
    total(
      'Containers',
      containers.length,
      containers.filter((c) => active.has(c.State)).length,
      containerBytes,
      sum(containers.filter((c) => !active.has(c.State)).map((c) => c.SizeRw ?? 0)),
      true,
    ),
    total(
      'Local Volumes',
      volumes.length,
      volumes.filter((v) => (v.UsageData?.RefCount ?? 0) > 0).length,
      volumeBytes,
      sum(volumes.filter((v) => v.UsageData?.RefCount === 0).map((v) => Math.max(0, v.UsageData?.Size ?? 0))),
      true,
    ),
    total(
      'Build Cache',
      cache.length,
      cache.filter((c) => c.InUse).length,
      cacheBytes,
      cacheBytes - sum(cache.filter((c) => c.InUse && !c.Shared).map((c) => c.Size)),
      false,
    ),
  ];
}

function total(Type: string, count: number, active: number, size: number, reclaimable: number, share: boolean): Row {
  const percent = share && size > 0 ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : '';
  return {
    Type,
    TotalCount: String(count),
    Active: String(active),
    Size: humanSize(size),
    Reclaimable: `${humanSize(reclaimable)}${percent}`,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const CACHE_LAYOUT: ListLayout = {
  type: 'formatter.buildCacheContext',
  headers: {
    ...{ ID: 'CACHE ID', Parent: 'PARENT', CacheType: 'CACHE TYPE', Size: 'SIZE', CreatedSince: 'CREATED' },
    ...{ LastUsedSince: 'LAST USED', UsageCount: 'USAGE', InUse: 'IN USE', Shared: 'SHARED', Description: 'DESCRIPTION' },
  },
};

interface Section {
  readonly name: string;
  readonly title: string;
  readonly layout: ListLayout;
  readonly table: string;
  readonly rows: readonly Row[];
}

function sectionsOf(usage: DiskUsage, now: number, full: boolean): readonly Section[] {
  const images = (usage.Images ?? []).map((image) => {
    const [first = '<none>:<none>'] = image.RepoTags ?? [];
    const at = first.lastIndexOf(':');
    return imageRow(image, first.slice(0, at), first.slice(at + 1), '', { now, full, digests: false, namedDigests: false });
  });
  return [
    {
      name: 'Images',
      title: 'Images space usage:\n\n',
      layout: IMAGE_LAYOUT,
      table: 'table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}',
      rows: images,
    },
    {
      name: 'Containers',
      title: '\nContainers space usage:\n\n',
      layout: CONTAINER_LAYOUT,
      table: 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}',
      rows: (usage.Containers ?? []).map((c) => containerRow({ ...c, SizeRootFs: 0 }, now, full)),
    },
    {
      name: 'Volumes',
      title: '\nLocal Volumes space usage:\n\n',
      layout: VOLUME_LAYOUT,
      table: 'table {{.Name}}\t{{.Links}}\t{{.Size}}',
      rows: (usage.Volumes ?? []).map(volumeRow),
    },
    {
      name: 'BuildCache',
      title: '',
      layout: CACHE_LAYOUT,
      table: 'table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}',
      rows: (usage.BuildCache ?? []).map((c) => cacheRow(c, now, full)),
    },
  ];
}

function cacheRow(c: BuildCacheRecord, now: number, full: boolean): Row {
  const since = (time: string | undefined): string => {
    const at = time === undefined ? undefined : parseRfc3339(time);
    return at ? ago(now - at.seconds) : '';
  };
  return {
    ID: (full ? c.ID : c.ID.slice(0, 12)) + (c.InUse ? '*' : ''),
    Parent: (c.Parents ?? []).join(', '),
    CacheType: c.Type,
    Description: c.Description,
    Size: humanSize(c.Size, 3),
    CreatedSince: since(c.CreatedAt),
    LastUsedSince: since(c.LastUsedAt),
    UsageCount: String(c.UsageCount),
    InUse: String(c.InUse),
    Shared: String(c.Shared),
  };
}

function tables(sections: readonly Section[], usage: DiskUsage): string {
  const cached = sum((usage.BuildCache ?? []).filter((c) => !c.Shared).map((c) => c.Size));
  return sections
    .map((s) => `${s.title === '' ? `\nBuild cache usage: ${humanSize(cached)}\n\n` : s.title}${formatList(s.layout, s.table, s.rows)}`)
    .join('');
}

/** A template sees lists of rows: {{range .Images}}. */
function custom(sections: readonly Section[], format: string): string {
  const lists = sections.map((s) => [
    s.name,
    s.rows.map((row) => new GoStruct(`*${s.layout.type}`, row, () => escapeJsonHtml(rowJson(row)))),
  ]);
  try {
    return execute(
      parse(format === 'json' ? '{{json .}}' : format),
      new GoStruct('*formatter.diskUsageContext', Object.fromEntries(lists)),
    );
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(error.message);
    throw error;
  }
}
