import type { Sim } from '../../kernel/sim.ts';
import { output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* caller(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const frames = sh.frames;
  const n = args.length > 0 ? Number(args[0]) : -1;
  const depth = frames.length - 1 - Math.max(0, n);
  if (depth < 0 || frames.length === 0) return 1;
  const frame = frames[depth];
  const outer = frames[depth - 1];
  const file = outer?.file || (sh.commandString || !sh.source?.file ? 'NULL' : sh.source.file) || 'NULL';
  yield* output(
    sh,
    name,
    args.length > 0 ? `${frame.line} ${outer?.name ?? 'main'} ${outer?.file || sh.argv0}\n` : `${frame.line} ${file}\n`,
  );
  return 0;
}

/** The call stack. */
export const builtins: readonly Builtin[] = [
  { name: 'caller', bashOnly: true, usage: '[expr]', summary: 'Show from where the function was called.', run: caller },
];
