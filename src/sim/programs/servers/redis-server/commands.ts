/** The commands on data, by name. */

import type { Reply } from '../../network/resp.ts';
import { failure } from '../../network/resp.ts';
import { type Command, wrongArity } from './command.ts';
import { HASHES } from './commands/hashes.ts';
import { KEYS } from './commands/keys.ts';
import { LISTS } from './commands/lists.ts';
import { SETS } from './commands/sets.ts';
import { SORTED_SETS } from './commands/sortedSets.ts';
import { STRINGS } from './commands/strings.ts';
import type { Database } from './database.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [...STRINGS, ...KEYS, ...LISTS, ...HASHES, ...SETS, ...SORTED_SETS].map(([name, arity, write, run]) => [name, { arity, write, run }]),
);

/** Carries out a command on the data; `now` in milliseconds. */
export function execute(db: Database, words: readonly string[], now: number, random: (bound: number) => number): Reply {
  const name = words[0].toUpperCase();
  const command = COMMANDS.get(name);
  if (!command) return unknownCommand(words);
  if (command.arity >= 0 ? words.length !== command.arity : words.length < -command.arity) return wrongArity(name);
  const reply = command.run(db, words.slice(1), now, random);
  if (command.write && reply.kind !== 'error') db.dirty++;
  return reply;
}

function unknownCommand(words: readonly string[]): Reply {
  const args = words
    .slice(1)
    .map((word) => `'${word}' `)
    .join('');
  return failure(`ERR unknown command '${words[0]}', with args beginning with: ${args}`);
}

/** Whether a command changes data, so that it goes into the append-only file. */
export function isWrite(name: string): boolean {
  return COMMANDS.get(name.toUpperCase())?.write === true;
}

/** How many commands there are. */
export function commandCount(): number {
  return COMMANDS.size;
}
