/**
 * What components ask of a running world, as one lazy part. Only src/state/world imports the simulator itself; what else of src/state names
 * it does so for its types, which cost the page nothing.
 */
import { refetch } from './pageParts.ts';
import { running } from './world/running.ts';

export { editFile, request, type SimResponse, watchFile } from './world/requests.ts';
export { bringBack, listEarlier, reset, start } from './world/sessions.ts';
export { attach, closeTab, input, openTab, resize } from './world/terminals.ts';

/** The first terminal shows its prompt. */
export const booted = (): void => running()?.driver.booted();
export const virtualNow = (): number | undefined => running()?.driver.target();
export const pause = (): void => running()?.driver.pause();
export const resume = (): void => running()?.driver.resume();
/** Somebody does not want to wait for the next try to fetch a part of the page. */
export const retry = (): void => refetch.hurry();
