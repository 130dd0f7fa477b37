import { createWorld, runCommand } from '../headless.ts';
import { Pairing } from './pairing.ts';
import { reduce } from './placeholders.ts';
import { type ImageDefinition, imagesOf, type Step, type Transcript } from './transcript.ts';

/** A recorded step beside what the simulated machine answered. */
export interface Outcome {
  readonly recorded: Step;
  readonly ours: Omit<Step, 'cmd'>;
  readonly sameExit: boolean;
  readonly sameText: boolean;
}

export interface Replayed {
  readonly transcript: Transcript;
  /** Empty where the scenario needs what is not simulated yet. */
  readonly outcomes: readonly Outcome[];
}

/** Types a scenario into a fresh world. */
export async function replay(transcript: Transcript, images: readonly ImageDefinition[]): Promise<Replayed> {
  if (transcript.machines) return { transcript, outcomes: [] };
  const { files, cwd, home, hostname } = transcript;
  const world = await createWorld(
    { files, cwd, home, hostname, imageDefs: imagesOf(transcript, images), registry: images },
    { seed: 1, epochUs: undefined },
  );
  const session = world.openSession(hostname, { cwd, home });
  const pairing = new Pairing();
  const outcomes: Outcome[] = [];
  for (const recorded of transcript.steps) {
    const ours = await runCommand(world, session, recorded.cmd);
    outcomes.push({ recorded, ours, sameExit: recorded.exit === ours.exit, sameText: sameText(recorded, ours, pairing) });
  }
  return { transcript, outcomes };
}

function sameText(recorded: Step, ours: Omit<Step, 'cmd'>, pairing: Pairing): boolean {
  const theirs = [reduce(recorded.stdout), reduce(recorded.stderr)];
  const mine = [reduce(ours.stdout), reduce(ours.stderr)];
  if (theirs.some(({ text }, i) => text !== mine[i].text)) return false;
  return pairing.fits(
    theirs.flatMap(({ ids }) => ids),
    mine.flatMap(({ ids }) => ids),
  );
}

/** Whether the step agrees in all that is compared. */
export const agrees = ({ sameExit, sameText: same }: Outcome): boolean => sameExit && same;
