import type { CommandNode, CompoundList, Statement } from 'unbash';
import type { Sim } from '../../kernel/sim.ts';
import type { Expander } from '../expand/expand.ts';
import type { Interpreter, Shell } from '../state/shell.ts';

/** What the constructs of the language (loops, pipelines, substitutions, functions) need of the engine that walks the tree. */
export interface Executor extends Interpreter {
  readonly expander: Expander;
  statement(sh: Shell, statement: Statement): Sim<number>;
  list(sh: Shell, list: CompoundList): Sim<number>;
  execute(sh: Shell, node: CommandNode): Sim<number>;
  /**
   * The body of a process that exists for this one command: an external program takes its place. `announced`: the shell
   * that made the process has run the DEBUG trap for it.
   */
  inSubshell(sh: Shell, command: CommandNode, announced?: boolean): Sim<number>;
  /** A line of `set -x`. */
  trace(sh: Shell, text: string): Sim<void>;
  /** The DEBUG trap. */
  debug(sh: Shell): Sim<void>;
}
