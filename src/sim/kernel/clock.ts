/** Microseconds of virtual time since the world's start. Nanoseconds since 1970 would not fit a double. */
export type SimTime = number;
export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
