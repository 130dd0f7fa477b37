/**
 * What differs between two runs of the same commands on real engines is replaced by a word in angle brackets: times, sizes of a
 * live system, ids. Of ids the order in which they appear is kept, so that `Pairing` can tell whether they are the same all along.
 */

import { isRandomName } from '../../sim/world/index.ts';

/** A text with placeholders, and the values that stood where ids were. */
export interface Reduced {
  readonly text: string;
  readonly ids: readonly string[];
}

const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** Lines about the recording machine's kernel, which the engine prints beside its answers. */
const HOST_LINE = /^WARNING: (Your kernel does not support|No |bridge-nf-call|Support for cgroup v1|IPv4 forwarding)/;

const LAYER = '[0-9a-f]{12}';
const PULL_LINE = new RegExp(
  `^${LAYER}: (Pulling fs layer|Waiting|Downloading.*|Verifying Checksum|Download complete|Extracting.*|Pull complete|Already exists|Retrying.*)$`,
);
const PUSH_LINE = new RegExp(`^${LAYER}: (Preparing|Waiting|Pushing.*|Pushed|Layer already exists|Mounted from .*|Retrying.*)$`);
const DELETED_LINE = /^Deleted: sha256:[0-9a-f]{64}$/i;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIMES = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?(?: [A-Z]{3,4})?/g,
  new RegExp(`\\d{1,2} ${MONTH} \\d{4} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?`, 'g'),
  new RegExp(`\\d\\d/${MONTH}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}`, 'g'),
  /\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g,
  new RegExp(`[A-Z][a-z]{2} ${MONTH} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}`, 'g'),
  // Seconds, or nanoseconds, since 1970.
  /\b1[6-9]\d{8}(?:\d{9}|\.\d+)?\b/g,
];

const UNIT = '(?:second|minute|hour|day|week|month|year)s?';
const AGE = new RegExp(`\\b(?:less than an? ${UNIT}|about an? ${UNIT}|an? ${UNIT}|\\d+ ${UNIT})\\b`, 'gi');

/** Full and short ids, ids of swarm objects (25 letters and digits), join tokens. */
const TOKEN = 'SWMTKN-1-[0-9a-z]+-[0-9a-z]+';
const HEX = '[0-9a-f]{64}|[0-9a-f]{12}';
const SWARM = '(?=[a-z0-9]*\\d)[a-z0-9]{25}';
/** Names that the engine makes up: two words, an underscore between them. */
const MADE_UP = '[a-z]+_[a-z]+\\d?';

const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, '<mac>'],
  [AGE, '<age>'],
  [/(?<![\w.:])\d+(?:\.\d+)?(?:e\+\d+)? ?(?:B|[kKMGT]B|[KMGT]iB)\b/g, '<size>'],
  [/(?<![\w.])\d+(?:\.\d+)?%/g, '<percent>'],
  [/(digest: \S+) size: \d+/g, '$1 size: <n>'],
  [/(0\.0\.0\.0|\[::\]|127\.0\.0\.1):(?:3[2-9]\d{3}|[45]\d{4}|60\d{3})\b/g, '$1:<port>'],
  [/ on [\d.:]+:53\b/g, ' on <dns>'],
  [/\/var\/lib\/docker\/(?:tmp|overlay2|buildkit|rootfs)\/[^\s":,]+/g, '<engine path>'],
  [/\bpid \d+\b/g, 'pid <n>'],
  [/(?:127\.0\.0\.1|\[::1\]):\d+->/g, '<local>->'],
];

export function reduce(text: string): Reduced {
  const lines = text
    .replace(ESCAPES, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((line) => !HOST_LINE.test(line))
    .map(progressLine);
  let reduced = lines.filter((line, i) => line !== lines[i - 1] || !line.startsWith('<layers')).join('\n');
  for (const time of TIMES) reduced = reduced.replace(time, '<time>');
  const ids: string[] = [];
  reduced = reduced.replace(new RegExp(`${TOKEN}|\\b(?:${HEX}|${SWARM}|${MADE_UP})\\b`, 'g'), (found) => {
    const isName = found.includes('_');
    if (isName && !isRandomName(found)) return found;
    // A short id is the beginning of the long one.
    ids.push(/^[0-9a-f]{64}$/.test(found) ? found.slice(0, 12) : found);
    return isName ? '<name>' : '<id>';
  });
  for (const [pattern, placeholder] of OTHERS) reduced = reduced.replace(pattern, placeholder);
  return { text: columns(reduced), ids };
}

/** The order in which layers come and go is chance, and how often their bars are drawn. */
function progressLine(line: string): string {
  if (PULL_LINE.test(line) || PUSH_LINE.test(line)) return '<layers move>';
  return DELETED_LINE.test(line) ? '<layers deleted>' : line;
}

/** Columns are as wide as what stands in them, which is chance. */
function columns(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(?<=\S) {2,}/g, '  ').trimEnd())
    .join('\n')
    .trimEnd();
}
