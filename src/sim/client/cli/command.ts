/** What a command of the docker client is: a path in the command tree and code that runs it. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cli } from './cli.ts';
import type { Flags } from './flags/flags.ts';
import type { CommandNode } from './tree.ts';

export interface Invocation {
  readonly cli: Cli;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** As it was called: `docker ps` or `docker container ls`. */
  readonly node: CommandNode;
}

export interface Command {
  /** Path in the tree, without 'docker' and by its long name: 'container ls'. */
  readonly path: string;
  /** Answers with the exit status; nothing is 0. Failures are thrown as CliError. */
  run(invocation: Invocation): Sim<number | void>;
}

export function defineCommand(command: Command): Command {
  return command;
}
