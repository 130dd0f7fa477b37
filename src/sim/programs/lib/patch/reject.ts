/** Hunks that did not fit, as FILE.rej shows them. */
import { type FilePatch, type Hunk, newLines, oldLines } from './hunk.ts';

const marked = (mark: string, text: string) => `${mark}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`;

/** The text of the reject file: unified for a unified diff, context for the others. */
export function rejects(patch: FilePatch, hunks: readonly Hunk[], name: string): string {
  const unified = patch.format === 'unified';
  const headers = patch.headers.length > 0 ? patch.headers : unified ? [`--- ${name}`, `+++ ${name}`] : [`*** ${name}`, `--- ${name}`];
  return `${headers.join('\n')}\n${hunks.map(unified ? unifiedHunk : contextHunk).join('')}`;
}

function unifiedHunk(hunk: Hunk): string {
  const range = (first: number, count: number) => (count === 1 ? `${first}` : `${count === 0 ? first - 1 : first},${count}`);
  const body = hunk.lines.map(({ sign, text }) => marked(sign, text)).join('');
  return `@@ -${range(hunk.oldFirst, oldLines(hunk).length)} +${range(hunk.newFirst, newLines(hunk).length)} @@\n${body}`;
}

function contextHunk(hunk: Hunk): string {
  const range = (first: number, count: number) => (count < 2 ? `${count === 0 ? first - 1 : first}` : `${first},${first + count - 1}`);
  const side = (mine: '-' | '+') =>
    hunk.lines
      .map(({ sign, text }, i) => {
        if (sign === ' ') return marked('  ', text);
        return sign === mine ? marked(changed(hunk, i) ? '! ' : `${mine} `, text) : '';
      })
      .join('');
  return `***************\n*** ${range(hunk.oldFirst, oldLines(hunk).length)} ****\n${side('-')}--- ${range(hunk.newFirst, newLines(hunk).length)} ----\n${side('+')}`;
}

/** Whether the run of changes around a line both takes away and adds. */
function changed(hunk: Hunk, at: number): boolean {
  let [first, last] = [at, at];
  while (hunk.lines[first - 1] && hunk.lines[first - 1].sign !== ' ') first--;
  while (hunk.lines[last + 1] && hunk.lines[last + 1].sign !== ' ') last++;
  const signs = new Set(hunk.lines.slice(first, last + 1).map((l) => l.sign));
  return signs.has('-') && signs.has('+');
}
