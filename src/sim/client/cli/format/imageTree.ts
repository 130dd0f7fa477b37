/** `docker image ls --tree`. An engine with the classic image store tells of no platforms, so the tree has no branches. */
import type { ImageSummary } from '../../../api/types/image.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getWindowSize } from '../../../kernel/syscalls.ts';
import { filterQuery } from '../../engine/query.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import type { Flags } from '../flags/flags.ts';
import { ellipsis, shortId, size3 } from './words.ts';

const NO_TERMINAL_WIDTH = 80;
const NAME_WIDTH_MIN = 12;
const SPACING = '   ';
const WARNING = "WARNING: This is an experimental feature. The output may change and shouldn't be depended on.";

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
  readonly value: (image: ImageSummary) => string;
}

const COLUMNS: readonly Column[] = [
  { title: 'ID', width: 12, value: (image) => shortId(image.Id) },
  { title: 'DISK USAGE', width: 10, right: true, value: (image) => size3(image.Size) },
  { title: 'CONTENT SIZE', width: 12, right: true, value: () => '0B' },
  { title: 'EXTRA', width: 5, value: () => '' },
];

const REFUSED = [
  ['quiet', 'quiet'],
  ['no-trunc', 'no-trunc'],
  ['digests', 'show-digest'],
] as const;

export function* showTree(cli: Cli, flags: Flags, filters: readonly string[]): Sim<void> {
  for (const [flag, shown] of REFUSED) if (flags.bool(flag)) throw new CliError(`--${shown} is not yet supported with --tree`);
  if (flags.string('format') !== '') throw new CliError('--format is not yet supported with --tree');
  const engine = yield* cli.engine();
  const all = flags.bool('all');
  const list = yield* engine.get<readonly ImageSummary[]>('/images/json', { all, filters: filterQuery(filters), manifests: true });
  const images = list.filter((image) => all || (image.RepoTags ?? []).length > 0 || (image.RepoDigests ?? []).length > 0);
  const width = (yield* cli.isTerminal(1)) ? (yield* getWindowSize(1)).columns : NO_TERMINAL_WIDTH;
  yield* cli.out(
    treeText(
      [...images].sort((a, b) => b.Created - a.Created),
      Math.max(20, width),
    ),
  );
}

function treeText(images: readonly ImageSummary[], width: number): string {
  const columns: Column[] = [];
  let left = width;
  for (const column of COLUMNS) {
    const needed = column.width + SPACING.length;
    if (left - needed < NAME_WIDTH_MIN) break;
    columns.push(column);
    left -= needed;
  }
  const names = images.flatMap((image) => image.RepoTags ?? []);
  const nameWidth = Math.min(left, Math.max('IMAGE'.length, ...names.map((name) => name.length)));
  const legend = ' Info ->  U In Use ';
  let out = `${WARNING}\n`;
  out += `${' '.repeat(Math.max(0, width - legend.length))}${legend}\n\n`;
  out += `${['IMAGE'.padEnd(nameWidth), ...columns.map((c) => cell(c, c.title))].join(SPACING)}\n`;
  for (const image of images) {
    const own = [...(image.RepoTags ?? [])].sort((a, b) => b.length - a.length);
    for (const name of own.slice(0, -1)) out += `${name}\n`;
    const last = ellipsis(own.at(-1) ?? '<untagged>', nameWidth).padEnd(nameWidth);
    out += `${[last, ...columns.map((c) => cell(c, c.value(image)))].join(SPACING)}\n`;
  }
  return out;
}

function cell(column: Column, text: string): string {
  return column.right ? text.padStart(column.width) : text.padEnd(column.width);
}
