import { expect, it } from 'vitest';
import { reasonFor } from './reasons.ts';
import type { Outcome, Replayed } from './replay.ts';
import { compareCounts, countsOf, fidelityPage, table } from './report.ts';

const outcome = (cmd: string, recorded: string, ours: string, exits: readonly [number, number] = [0, 0]): Outcome => ({
  recorded: { cmd, stdout: recorded, stderr: '', exit: exits[0] },
  ours: { stdout: ours, stderr: '', exit: exits[1] },
  sameExit: exits[0] === exits[1],
  sameText: recorded === ours,
});

const played = (name: string, topic: string, outcomes: readonly Outcome[]): Replayed => ({
  transcript: {
    name,
    title: '',
    topic,
    images: [],
    cwd: '/',
    home: '/',
    hostname: 'node1',
    files: {},
    steps: outcomes.map(({ recorded }) => recorded),
  },
  outcomes,
});

const RESULTS = [
  played('run-1', 'run', [outcome('docker run a', 'x', 'x'), outcome('docker run b', 'x', 'y')]),
  played('build-1', 'build', [
    outcome('docker build .', '#1', 'drydock: "docker build" is not simulated yet\n', [0, 1]),
    outcome('docker run built', 'x', 'no such image', [0, 125]),
  ]),
];

it('counts what agrees: status and text', () => {
  expect(countsOf(RESULTS)).toEqual({ 'run-1': 1, 'build-1': 0 });
  expect(table(RESULTS).split('\n')).toEqual([
    'topic             scenarios      steps     exit %      all %',
    'build                     1          2        0.0        0.0',
    'run                       1          2      100.0       50.0',
    'all                       2          4       50.0       25.0',
  ]);
});

it('tells what has fallen behind the ratchet, of those that were played', () => {
  expect(compareCounts({ a: 3, b: 5, c: 1 }, { a: 4, b: 4, d: 9 })).toEqual({ fallen: ['a'], risen: ['b', 'c'] });
});

it('says why a step differs', () => {
  const [first, second] = RESULTS[1].outcomes;
  expect(reasonFor(first, [])).toBe('not simulated yet');
  expect(reasonFor(second, [first])).toBe('follows from an earlier difference');
  expect(reasonFor(RESULTS[0].outcomes[1], [])).toBe('differs');
  const help = (about: string) =>
    `Usage:  docker image COMMAND\n\n${about}\n\nRun 'docker image COMMAND --help' for more information on a command.\n`;
  expect(reasonFor(outcome('docker image', help('Manage images'), help('Work with images')), [])).toBe('help in our own words');
});

it('the page names each difference that is not explained by these, with its reason when that is known', () => {
  const page = fidelityPage(RESULTS, { 'run-1 2': 'b is chance' });
  expect(page).toContain('| run-1, 2 | `docker run b` | b is chance |');
  expect(page).toContain('| run | 1 | 2 | 100.0 | 50.0 |');
  expect(page).not.toContain('build-1,');
  expect(fidelityPage(RESULTS, {})).toContain('not yet understood');
});
