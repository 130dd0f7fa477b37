import type { Sim } from '../../kernel/sim.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

function* enable(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'anps');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-a] [-dnps] [-f filename] [name ...]');
  if (o.rest.length === 0) {
    for (const b of [...sh.builtins.values()].sort((x, y) => (x.name < y.name ? -1 : 1))) {
      const off = sh.disabledBuiltins.has(b.name);
      if (o.flags.has('s') && !b.special) continue;
      if (o.flags.has('a') || off === o.flags.has('n')) yield* output(sh, name, `enable ${off ? '-n ' : ''}${b.name}\n`);
    }
    return 0;
  }
  let status = 0;
  for (const word of o.rest) {
    if (!sh.builtins.has(word)) {
      yield* builtinError(sh, name, `${word}: not a shell builtin`);
      status = 1;
    } else if (o.flags.has('n')) sh.disabledBuiltins.add(word);
    else sh.disabledBuiltins.delete(word);
  }
  return status;
}

/** Builtins switched on and off. */
export const builtins: readonly Builtin[] = [
  { name: 'enable', bashOnly: true, usage: '[-a] [-dnps] [-f filename] [name ...]', summary: 'Switch builtins on and off.', run: enable },
];
