import type { Sim } from '../../kernel/sim.ts';
import { builtinError, complain, invalidOption, output } from '../exec/message.ts';
import { callStack } from '../state/callStack.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* caller(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const stack = callStack(sh);
  if (stack.length === 0) return 1;
  const [level] = args[0] === '--' ? args.slice(1) : args;
  if (level === undefined) {
    yield* output(sh, name, `${stack[0].line} ${stack[1]?.source ?? 'NULL'}\n`);
    return 0;
  }
  if (!/^\s*[-+]?\d+\s*$/.test(level)) {
    if (/^-./.test(level)) return yield* invalidOption(sh, name, level.slice(0, 2), '[expr]');
    yield* builtinError(sh, name, `${level}: invalid number`);
    yield* complain(`${name}: usage: ${name} [expr]\n`);
    return 2;
  }
  const at = Number(level);
  const outer = stack[at + 1];
  if (!stack[at] || !outer) return 1;
  yield* output(sh, name, `${stack[at].line} ${outer.name} ${outer.source}\n`);
  return 0;
}

/** The call stack. */
export const builtins: readonly Builtin[] = [
  { name: 'caller', bashOnly: true, usage: '[expr]', summary: 'Show from where the function was called.', run: caller },
];
