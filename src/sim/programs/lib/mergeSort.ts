import { pause, type Sim } from '../../kernel/sim.ts';

/** Lines that are sorted or merged without giving way: some tens of milliseconds. */
const RUN = 65_536;

/** Sorts stably, and gives way between pieces: the order of millions of lines takes seconds, for which the page must not stand still. */
export function* sorted(lines: string[], compare: (a: string, b: string) => number): Sim<string[]> {
  yield* pause();
  if (lines.length <= RUN) return lines.sort(compare);
  let from: string[] = [];
  for (let at = 0; at < lines.length; at += RUN) {
    from = from.concat(lines.slice(at, at + RUN).sort(compare));
    yield* pause();
  }
  let to = from.slice();
  for (let width = RUN; width < lines.length; width *= 2) {
    for (let at = 0; at < lines.length; at += 2 * width)
      yield* merge(from, to, at, Math.min(at + width, lines.length), Math.min(at + 2 * width, lines.length), compare);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges `from[start, middle)` and `from[middle, end)` into the same place of `to`. */
function* merge(
  from: readonly string[],
  to: string[],
  start: number,
  middle: number,
  end: number,
  compare: (a: string, b: string) => number,
): Sim<void> {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
    to[at] = from[takeLeft ? left++ : right++];
    if ((at + 1) % RUN === 0) yield* pause();
  }
}
