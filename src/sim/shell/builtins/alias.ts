import type { Sim } from '../../kernel/sim.ts';
import { builtinError, complain, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* alias(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const list = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args;
  const show = (n: string): string =>
    sh.isBash ? `alias ${n}='${sh.aliases.get(n)!.replaceAll("'", "'\\''")}'\n` : `${n}='${sh.aliases.get(n)!.replaceAll("'", `'"'"'`)}'\n`;
  if (list.length === 0) {
    for (const n of [...sh.aliases.keys()].sort()) yield* output(sh, name, show(n));
    return 0;
  }
  let status = 0;
  for (const arg of list) {
    const equals = arg.indexOf('=', 1);
    if (equals > 0) {
      const n = arg.slice(0, equals);
      if (/[\s$`'"\\/&|;<>()=]/.test(n)) {
        yield* builtinError(sh, name, `\`${n}': invalid alias name`);
        status = 1;
      } else sh.aliases.set(n, arg.slice(equals + 1));
    } else if (sh.aliases.has(arg)) yield* output(sh, name, show(arg));
    else {
      if (sh.isBash) yield* builtinError(sh, name, `${arg}: not found`);
      else yield* complain(`${name}: ${arg} not found\n`);
      status = 1;
    }
  }
  return status;
}

function* unalias(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (args[0] === '-a') {
    sh.aliases.clear();
    return 0;
  }
  if (args.length === 0) {
    yield* complain('unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const arg of args) {
    if (sh.aliases.delete(arg)) continue;
    if (sh.isBash) yield* builtinError(sh, name, `${arg}: not found`);
    else yield* complain(`${name}: ${arg} not found\n`);
    status = 1;
  }
  return status;
}

/** Words that stand for others. */
export const builtins: readonly Builtin[] = [
  { name: 'alias', declaration: true, usage: '[-p] [name[=value] ... ]', summary: 'Define or show aliases.', run: alias },
  { name: 'unalias', usage: '[-a] name [name ...]', summary: 'Forget aliases.', run: unalias },
];
