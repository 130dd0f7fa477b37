/**
 * What the help pages say, in our own words. A module of its own because it is fetched only when help is asked for.
 * A flag is described by its command, else by the command whose flags it shares ({@link LIKE}), else by the shared list.
 */
import { commands, longer } from './commands.ts';
import { containerFlags } from './containerFlags.ts';
import type { FlagTexts } from './flagTexts.ts';
import { imageFlags } from './imageFlags.ts';
import { sharedFlags } from './sharedFlags.ts';
import { swarmFlags } from './swarmFlags.ts';
import { systemFlags } from './systemFlags.ts';

const LIKE: Readonly<Record<string, string>> = {
  'container create': 'container run',
  'context update': 'context create',
  'service update': 'service create',
  'swarm ca': 'swarm init',
  'swarm join': 'swarm init',
  'swarm update': 'swarm init',
  'volume update': 'volume create',
};

const byCommand: FlagTexts = { ...containerFlags, ...imageFlags, ...swarmFlags, ...systemFlags };

/** One line about a command, by its long path ('container ls'). */
export function commandText(path: string): string | undefined {
  return commands[path];
}

/** What its own page says. */
export function pageText(path: string): string | undefined {
  return longer[path] ?? commands[path];
}

export function flagText(path: string, long: string): string | undefined {
  return byCommand[path]?.[long] ?? byCommand[LIKE[path] ?? '']?.[long] ?? sharedFlags[long];
}
