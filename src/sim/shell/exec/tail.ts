/**
 * The last command of `sh -c`: a program there takes the shell's process over, since nothing is left for the shell to do. So
 * `docker run alpine sh -c 'sleep 9'` has `sleep` for its pid 1. What counts as last differs: bash (should_suppress_fork and
 * optimize_connection_fork of execute_cmd.c) looks at simple commands without redirections, ash hands its EV_EXIT down the tree,
 * and dash as Debian builds it always forks.
 */
import type { CommandNode, PipelineNode, Script, Statement } from 'unbash';
import type { Dialect } from '../state/dialect.ts';
import type { Shell } from '../state/shell.ts';

/** The commands of `script`, the last text of a `-c` argument, that may take the process over. */
export function lastCommands(script: Script, dialect: Dialect): ReadonlySet<CommandNode> {
  const found = new Set<CommandNode>();
  if (dialect === 'bash') inBash(script.commands, found);
  else if (dialect === 'ash') inAsh(script.commands, found);
  return found;
}

/** Whether a command that is the last may take over: traps still to run keep the shell there. */
export function mayTakeOver(sh: Shell, node: CommandNode): boolean {
  if (!sh.lastCommands.has(node)) return false;
  for (const action of sh.traps.values()) if (action !== '' || !sh.isBash) return false;
  return true;
}

function inBash(statements: readonly Statement[], found: Set<CommandNode>): void {
  const last = statements.at(-1);
  if (!last || last.background) return;
  if (last.command.type !== 'AndOr') addSimple(last.command, found);
  // `a; b && c` is a list whose second half is no simple command.
  else if (statements.length === 1) addSimple(last.command.commands.at(-1)!, found);
}

function addSimple(node: PipelineNode, found: Set<CommandNode>): void {
  if (node.type === 'Command' && node.redirects.length === 0) found.add(node);
}

function inAsh(statements: readonly Statement[], found: Set<CommandNode>): void {
  const last = statements.at(-1);
  if (!last || last.background) return;
  ashCommand(last.command.type === 'AndOr' ? last.command.commands.at(-1)! : last.command, found);
}

function ashCommand(node: PipelineNode, found: Set<CommandNode>): void {
  switch (node.type) {
    case 'Command':
      found.add(node);
      break;
    case 'BraceGroup':
      inAsh(node.body.commands, found);
      break;
    case 'If':
      inAsh(node.then.commands, found);
      for (const branch of node.elif) inAsh(branch.then.commands, found);
      if (node.else) inAsh(node.else.commands, found);
      break;
    case 'Case':
      for (const item of node.items) inAsh(item.body.commands, found);
      break;
  }
}
