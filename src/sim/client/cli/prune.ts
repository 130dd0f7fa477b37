/** What the prune commands share. */

import type { Sim } from '../../kernel/sim.ts';
import { humanSize } from '../../lib/goSize.ts';
import type { Cli } from './cli.ts';
import { confirm } from './confirm.ts';
import { CliError } from './errors.ts';

/** The question, unless --force. Throws when the answer is no: docker then says nothing and ends with 0. */
class Declined extends CliError {
  constructor() {
    super('', 0);
  }
}

export function* askFirst(cli: Cli, force: boolean, warning: string): Sim<void> {
  if (!force && !(yield* confirm(cli, `${warning}\nAre you sure you want to continue?`))) throw new Declined();
}

/** 'Deleted Volumes:' and the names, then an empty line; nothing if there are none. */
export function deletedList(title: string, names: readonly string[] | null): string {
  return names && names.length > 0 ? `Deleted ${title}:\n${names.join('\n')}\n\n` : '';
}

export function reclaimed(bytes: number): string {
  return `Total reclaimed space: ${humanSize(bytes)}\n`;
}
