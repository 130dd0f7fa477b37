import type { InputLog, World } from '../sim/world/index.ts';
import { browserHost, type Host } from './driver.ts';
import { Refetch } from './refetch.ts';

/** Keys are echoed between two slices of a replay (ms). */
const sliceMs = 24;
/** How often the progress is told (ms). */
const tellMs = 200;

/** Somebody wanted a fresh machine and did not wait for the old one. */
export class GivenUp extends Error {}

/**
 * Feeds a fresh world its log, a slice at a time, so that the page lives on beside it. `progress` is told from time to time how
 * much is done, from 0 to 1. Throws GivenUp when nobody waits for it any more, and what the replay itself throws. A part of the page
 * that does not come is no fault of the session: `missing` hears why (undefined: it is there), and it is tried again.
 */
export async function restore(
  world: Pick<World, 'replayStep' | 'now'>,
  saved: InputLog,
  { givenUp, progress, missing }: { givenUp(): boolean; progress(done: number): void; missing?(reason: unknown): void },
  host: Pick<Host, 'now' | 'soon' | 'later' | 'online'> = browserHost,
  refetch: Refetch = new Refetch(host),
): Promise<void> {
  const end = saved.entries.at(-1)?.at ?? 0;
  let told = host.now();
  let waits = false;
  const arrived = () => {
    if (!waits) return;
    waits = false;
    refetch.succeeded();
    missing?.(undefined);
  };
  const arrival = (part: Promise<void>) =>
    part.then(arrived, (reason: unknown) => {
      waits = true;
      missing?.(reason);
      return new Promise<void>((resolve) => void refetch.wait(resolve));
    });
  for (;;) {
    const began = host.now();
    const outcome = world.replayStep(saved, () => host.now() - began > sliceMs);
    if (typeof outcome !== 'object') arrived(); // the next input may have ended what waited
    if (outcome === true) return;
    if (host.now() - told > tellMs) {
      told = host.now();
      progress(Math.min(1, world.now / Math.max(1, end)));
    }
    await (outcome === 'busy' ? new Promise<void>((resolve) => void host.soon(resolve)) : arrival(outcome));
    if (givenUp()) throw new GivenUp();
  }
}

/** Terminals that the log opened and did not close, in order. */
export function openTerminals(of: InputLog): { id: number; machine: string }[] {
  const open = new Map<number, string>();
  let count = 0;
  for (const entry of of.entries) {
    if (entry.kind === 'open') open.set(count++, entry.machine);
    else if (entry.kind === 'close') open.delete(entry.terminal);
  }
  return [...open].map(([id, name]) => ({ id, machine: name }));
}
