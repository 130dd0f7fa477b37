import type { Sim } from '../../kernel/sim.ts';
import { statOrNull } from '../../kernel/syscalls.ts';
import { findCommand } from '../exec/external.ts';
import { builtinError, invalidOption, report } from '../exec/message.ts';
import { ExitSignal } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

function* exec(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'cla:');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-cl] [-a name] [command [argument ...]] [redirection ...]');
  if (o.rest.length === 0) {
    sh.keepRedirections = true;
    return 0;
  }
  const argv0 = o.flags.get('a') ?? o.rest[0];
  const path = yield* findCommand(sh, o.rest[0]);
  if (path === null || (o.rest[0].includes('/') && !(yield* statOrNull(path)))) {
    if (sh.isBash)
      yield* builtinError(
        sh,
        name,
        path === null
          ? `${o.rest[0]}: not found`
          : `${o.rest[0]}: cannot execute: No such file or directory`.replace('cannot execute: ', ''),
      );
    else yield* report(sh, `${name}: ${o.rest[0]}: not found`);
    if (!sh.interactive && !sh.options.on('execfail')) throw new ExitSignal(127);
    return 127;
  }
  return yield* sh.interpreter.runWords(sh, o.rest, {
    functions: false,
    builtins: false,
    exec: true,
    ...(o.flags.has('a') || o.flags.has('l') ? { argv0: `${o.flags.has('l') ? '-' : ''}${argv0}` } : {}),
    ...(o.flags.has('c') ? { env: new Map<string, string>() } : {}),
  });
}

/** A program in place of the shell. */
export const builtins: readonly Builtin[] = [
  {
    name: 'exec',
    special: true,
    usage: '[-cl] [-a name] [command [argument ...]] [redirection ...]',
    summary: 'Replace the shell with a program.',
    run: exec,
  },
];
