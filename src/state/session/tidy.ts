import type { Input } from '../../sim/world/index.ts';
import { cardOf, cards, keptMax, removeCard, tally, untouched, writeCard } from './cards.ts';
import { madeAt } from './claim.ts';
import { canTell, hold } from './locks.ts';
import { logStore, storedSessions } from './open.ts';

/**
 * Puts the kept sessions in order: a log without a card gets one (its tab ended before it could write it), or goes when nobody had done
 * anything in it; of the others the last few stay. What a tab holds is not touched, and nothing is where tabs cannot tell that.
 */
export async function tidySessions(): Promise<void> {
  if (!canTell()) return;
  const stored = await storedSessions();
  for (const id of stored) if (!cardOf(id)) await alone(id, () => adopt(id));
  for (const { id } of cards()) if (!stored.has(id)) await alone(id, async () => removeCard(id));
  let kept = 0;
  for (const { id } of cards()) await alone(id, async () => void (++kept > keptMax && (await remove(id))));
}

/** Does it while no tab has the session; not at all when one has. */
async function alone(id: string, run: () => Promise<void>): Promise<void> {
  const release = await hold(id);
  if (!release) return;
  try {
    await run();
  } finally {
    await release();
  }
}

async function adopt(id: string): Promise<void> {
  try {
    const { touched, lines } = tally(untouched, ((await logStore(id).load())?.entries ?? []) as readonly Input[]);
    if (touched) writeCard({ id, at: madeAt(id), lines });
    else await remove(id);
  } catch (error) {
    writeCard({ id, at: madeAt(id), lines: 0, unreadable: String(error) });
  }
}

async function remove(id: string): Promise<void> {
  await logStore(id).remove();
  removeCard(id);
}
