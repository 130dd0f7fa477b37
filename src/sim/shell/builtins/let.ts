import type { Sim } from '../../kernel/sim.ts';
import { builtinError, report } from '../exec/message.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { arithmeticScope } from '../expand/scope.ts';
import { ShellError } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* let_(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const list = args[0] === '--' ? args.slice(1) : args;
  if (list.length === 0) {
    yield* builtinError(sh, name, 'expression expected');
    return 1;
  }
  let value = 0n;
  try {
    for (const text of list) {
      value = evaluateArithmetic(text, arithmeticScope(sh), 'let: ');
    }
  } catch (error) {
    if (!(error instanceof ShellError) || error.fatal) throw error;
    yield* report(sh, error.message);
    return 1;
  }
  return value === 0n ? 1 : 0;
}

/** Arithmetic as a command. */
export const builtins: readonly Builtin[] = [
  { name: 'let', bashOnly: true, usage: 'arg [arg ...]', summary: 'Evaluate arithmetic expressions.', run: let_ },
];
