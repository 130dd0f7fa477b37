/** Where the dots of the timeline stand: in the order of time, and further apart where more time went by. */
import type { TimelineEvent } from './model.ts';

export interface Placed extends TimelineEvent {
  /** Pixels from the beginning of the line. */
  readonly x: number;
  /** The words above the dot. */
  readonly words: string;
}

/** What a pointer can tell apart. */
const dotWidth = 28;
const charWidth = 6.65;
const labelGap = 10;
const labelMax = 24;

const shorten = (label: string): string => (label.length > labelMax ? `${label.slice(0, labelMax - 1)}…` : label);

/**
 * Every dot has room for its words, so the line may be longer than the strip (`width`), which then shows its end. Room that is
 * left is shared by the spans between the dots by the square root of their time: an hour without a call is no empty strip, and
 * three calls within a second do not lie on each other.
 */
export function place(events: readonly TimelineEvent[], now: number, width: number): { dots: readonly Placed[]; width: number } {
  const words = events.map((event) => shorten(event.label));
  const halves = words.map((text) => Math.max(dotWidth, text.length * charWidth + labelGap) / 2);
  const taken = 2 * halves.reduce((sum, half) => sum + half, 0);
  // From the beginning to the first dot, between dots, and from the last one to now.
  const times = [0, ...events.map((event) => event.at), Math.max(now, 1)];
  const spans = times.slice(1).map((at, i) => Math.sqrt(Math.max(0, at - times[i]!)));
  const total = spans.reduce((sum, span) => sum + span, 0) || 1;
  const spare = Math.max(0, width - taken);
  let end = 0;
  const dots = events.map((event, i) => {
    const x = end + (spans[i]! / total) * spare + halves[i]!;
    end = x + halves[i]!;
    return { ...event, x, words: words[i]! };
  });
  return { dots, width: Math.max(width, taken) };
}
