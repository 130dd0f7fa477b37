/** Figures per topic, and docs/fidelity.md. */
import { type Reason, reasonFor } from './reasons.ts';
import { agrees, type Replayed } from './replay.ts';

/** How many steps of each scenario agree. */
export type Counts = Readonly<Record<string, number>>;

export function countsOf(results: readonly Replayed[]): Counts {
  return Object.fromEntries(results.map(({ transcript, outcomes }) => [transcript.name, outcomes.filter(agrees).length]));
}

/** Scenarios of which fewer steps agree than did, and those of which more do. One that was not played is neither. */
export function compareCounts(now: Counts, before: Counts): { readonly fallen: readonly string[]; readonly risen: readonly string[] } {
  const names = Object.keys(now);
  return {
    fallen: names.filter((name) => now[name] < (before[name] ?? 0)),
    risen: names.filter((name) => now[name] > (before[name] ?? 0)),
  };
}

interface Row {
  readonly topic: string;
  scenarios: number;
  steps: number;
  exit: number;
  both: number;
}

function rowsOf(results: readonly Replayed[]): Row[] {
  const rows = new Map<string, Row>();
  const total: Row = { topic: 'all', scenarios: 0, steps: 0, exit: 0, both: 0 };
  for (const { transcript, outcomes } of results) {
    const row = rows.get(transcript.topic) ?? { topic: transcript.topic, scenarios: 0, steps: 0, exit: 0, both: 0 };
    rows.set(transcript.topic, row);
    for (const into of [row, total]) {
      into.scenarios++;
      into.steps += transcript.steps.length;
      into.exit += outcomes.filter(({ sameExit }) => sameExit).length;
      into.both += outcomes.filter(agrees).length;
    }
  }
  return [...[...rows.values()].sort((a, b) => (a.topic < b.topic ? -1 : 1)), total];
}

const share = (part: number, whole: number): string => ((100 * part) / Math.max(1, whole)).toFixed(1);

/** A line per topic: scenarios, steps, per cent of equal exit statuses, per cent of steps that agree in all. */
export function table(results: readonly Replayed[]): string {
  const line = (...cells: readonly (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(16) : String(cell).padStart(11))).join('');
  return [
    line('topic', 'scenarios', 'steps', 'exit %', 'all %'),
    ...rowsOf(results).map((row) => line(row.topic, row.scenarios, row.steps, share(row.exit, row.steps), share(row.both, row.steps))),
  ].join('\n');
}

interface Difference {
  readonly scenario: string;
  readonly step: number;
  readonly cmd: string;
  readonly reason: Reason;
}

function differencesOf(results: readonly Replayed[]): Difference[] {
  return results.flatMap(({ transcript, outcomes }) =>
    outcomes.flatMap((outcome, i) =>
      agrees(outcome)
        ? []
        : [{ scenario: transcript.name, step: i + 1, cmd: outcome.recorded.cmd, reason: reasonFor(outcome, outcomes.slice(0, i)) }],
    ),
  );
}

/** `known`: why a step differs, by 'scenario step'. */
export function fidelityPage(results: readonly Replayed[], known: Readonly<Record<string, string>>): string {
  const differences = differencesOf(results);
  const byReason = (reason: Reason) => differences.filter((difference) => difference.reason === reason);
  const untried = results.filter(({ outcomes }) => outcomes.length === 0);
  const rows = rowsOf(results).map(
    (row) => `| ${row.topic} | ${row.scenarios} | ${row.steps} | ${share(row.exit, row.steps)} | ${share(row.both, row.steps)} |`,
  );
  const own = byReason('differs').map(({ scenario, step, cmd }) => {
    const why = known[`${scenario} ${step}`] ?? 'not yet understood';
    return `| ${scenario}, ${step} | \`${shortened(cmd)}\` | ${why} |`;
  });
  return `<!-- Made by \`npm run conformance -- --update\`. -->
# Fidelity

Recorded conversations with a real Docker engine (28.5, client 28.2) and a real bash are typed into the simulated machine
([conformance/](../conformance/README.md)). A step agrees when standard output, standard error and exit status are those of the
recording, but for times, ids, sizes of a live system and the like. The share may only rise (\`conformance/ratchet.json\`).

| topic | scenarios | steps | exit status % | all % |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## What differs, and why

- **Not simulated yet**: ${byReason('not simulated yet').length} steps, which say so in one line; ${byReason('follows from an earlier difference').length} more build on what these should have made.
  ${untried.length} scenarios on several machines are not tried.
- **Help texts** are in our own words: ${byReason('help in our own words').length} steps. Their shape, options and defaults are compared by a test of the client.
- **Others**:

| where | command | why |
| --- | --- | --- |
${own.join('\n')}
`;
}

function shortened(cmd: string): string {
  const line = cmd.split('\n')[0].replaceAll('|', '\\|').replaceAll('`', "'");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
