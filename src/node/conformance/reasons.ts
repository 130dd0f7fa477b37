import type { Outcome } from './replay.ts';

/** Why a step differs, in the words of docs/fidelity.md. */
export type Reason = 'not simulated yet' | 'help in our own words' | 'follows from an earlier difference' | 'differs';

const NOT_SIMULATED = /^drydock: .* (is|are) not simulated/m;

/** `earlier`: the outcomes of the same scenario before it. */
export function reasonFor(outcome: Outcome, earlier: readonly Outcome[]): Reason {
  const { recorded, ours } = outcome;
  if (NOT_SIMULATED.test(ours.stdout + ours.stderr)) return 'not simulated yet';
  if (isHelp(recorded.stdout + recorded.stderr) && isHelp(ours.stdout + ours.stderr)) return 'help in our own words';
  // What a build or a stack should have made is missing from there on.
  return earlier.some(({ ours: before }) => NOT_SIMULATED.test(before.stdout + before.stderr))
    ? 'follows from an earlier difference'
    : 'differs';
}

const isHelp = (text: string): boolean => /^Usage:/m.test(text) && /^Run '.* --help' for more information/m.test(text);
