import { expect, it } from 'vitest';
import type { TimelineEvent } from './model.ts';
import { place } from './place.ts';

const events = (...all: readonly (readonly [at: number, label: string])[]): readonly TimelineEvent[] =>
  all.map(([at, label], id) => ({ id, at: at * 1_000_000, label, state: 'done' }));

/** How far each label is from the next, and the last one from the end. */
function gaps(list: readonly TimelineEvent[], now: number, width: number): readonly number[] {
  const { dots, width: whole } = place(list, now * 1_000_000, width);
  const edges = dots.map(({ x, words }) => [x - (words.length * 6.65) / 2, x + (words.length * 6.65) / 2] as const);
  return edges.map(([, right], i) => (edges[i + 1]?.[0] ?? whole) - right);
}

it('gives each dot room for its label, the newest too, and a long wait more of it than a short one', () => {
  const list = events([1, 'pull nginx'], [2, 'run web'], [62, 'stop web'], [62.1, 'rm web']);
  const all = gaps(list, 63, 900);
  expect(Math.min(...all)).toBeGreaterThan(4);
  expect(all.indexOf(Math.max(...all))).toBe(1);
  expect(place(list, 63_000_000, 900).width).toBe(900);
});

it('keeps what happened close together apart after an hour', () => {
  const list = events([1, 'pull nginx'], [1.2, 'run web'], [1.3, 'run api'], [3600, 'rm web']);
  expect(Math.min(...gaps(list, 3601, 800))).toBeGreaterThan(4);
});

it('becomes longer than its strip rather than lose a label', () => {
  const list = events(...Array.from({ length: 60 }, (_, i) => [i, `run container-${i}`] as const));
  const { dots, width } = place(list, 60_000_000, 800);
  expect(width).toBeGreaterThan(5000);
  expect(dots.every(({ words }) => words !== '')).toBe(true);
  expect(Math.min(...gaps(list, 60, 800))).toBeGreaterThan(4);
});

it('cuts a name that is longer than any line should be', () => {
  expect(place(events([1, 'network rm a-network-with-a-long-name']), 2_000_000, 800).dots[0]!.words).toBe('network rm a-network-wi…');
});
