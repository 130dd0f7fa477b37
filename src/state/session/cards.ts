/** What is known of each session that is kept, without its log: the tab that has a session writes its card. */
import type { Input } from '../../sim/world/index.ts';
import { local } from '../storage.ts';

export interface Holdings {
  readonly containers: number;
  readonly images: number;
}

export interface SessionCard {
  readonly id: string;
  /** When it was used last, in milliseconds since 1970. */
  readonly at: number;
  /** How often Enter was pressed in its terminals. */
  readonly lines: number;
  /** What its machines had, by which somebody may know it again. */
  readonly holds?: Holdings;
  /** Why this version could not bring it back. */
  readonly unreadable?: string;
}

/** So many sessions are kept besides those that tabs hold. */
export const keptMax = 40;

/** A key of its own for each: two tabs never write the same text. */
const prefix = 'drydock.card.';

export const isCardKey = (key: string | null): boolean => key === null || key.startsWith(prefix);

/** The newest first. */
export function cards(): readonly SessionCard[] {
  return local
    .keys()
    .flatMap((key) => (key.startsWith(prefix) ? [cardOf(key.slice(prefix.length))] : []))
    .filter((card) => card !== undefined)
    .sort((a, b) => b.at - a.at);
}

export function cardOf(id: string): SessionCard | undefined {
  try {
    const card = JSON.parse(local.get(prefix + id) ?? 'null') as Partial<SessionCard> | null;
    return card === null ? undefined : { ...card, id, at: Number(card.at) || 0, lines: Number(card.lines) || 0 };
  } catch {
    return undefined;
  }
}

export const writeCard = (card: SessionCard): void => void local.set(prefix + card.id, JSON.stringify(card));

export const removeCard = (id: string): void => local.remove(prefix + id);

/** What somebody has done in a session. */
export interface Tally {
  /** Something was typed or saved: there is something to lose. */
  readonly touched: boolean;
  readonly lines: number;
}

export const untouched: Tally = { touched: false, lines: 0 };

/** Adds inputs to a tally. The page's own doings (a window's size, a preview that it fetched) do not count. */
export function tally(before: Tally, entries: readonly Input[]): Tally {
  let { touched, lines } = before;
  for (const entry of entries) {
    if (entry.kind === 'keys') lines += entry.data.split('\r').length - 1;
    if (entry.kind === 'keys' || (entry.kind === 'file' && entry.file.text !== undefined)) touched = true;
  }
  return { touched, lines };
}
