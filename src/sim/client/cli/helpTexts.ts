/** What the help pages say, in our own words. A file of its own because it is fetched only when help is asked for. */
import type { HelpTexts } from './help.ts';

export const helpTexts: HelpTexts = { commands: {}, flags: {} };
