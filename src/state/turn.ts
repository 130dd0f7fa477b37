import { browserHost } from './driver.ts';

/** Ends the task: keys, timers and a paint come in before the next piece of a long beginning. */
export const turn = (): Promise<void> => new Promise((resolve) => browserHost.soon(resolve));
