import type { Sim } from '../../kernel/sim.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { describe, meanings } from './lib/meanings.ts';
import { parseOptions } from './lib/options.ts';

function* type(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = sh.isBash ? parseOptions(args, 'afptP') : { flags: new Map<string, string>(), order: [], rest: args };
  if ('bad' in o && o.bad) return yield* invalidOption(sh, name, o.bad, '[-afptP] name [name ...]');
  let status = 0;
  for (const word of o.rest) {
    let list = yield* meanings(sh, word, !o.flags.has('f'));
    if (o.flags.has('a')) list = list.filter((m) => m.kind !== 'hashed');
    else if (o.flags.has('P')) list = list.filter((m) => m.kind === 'file' || m.kind === 'hashed').slice(0, 1);
    else list = list.slice(0, 1);
    if (list.length === 0) {
      status = sh.isBash ? 1 : 127;
      if (!o.flags.has('t') && !o.flags.has('p') && !o.flags.has('P')) {
        if (sh.isBash) yield* builtinError(sh, name, `${word}: not found`);
        else yield* output(sh, name, `${word}: not found\n`);
      }
      continue;
    }
    for (const m of list) {
      if (o.flags.has('t')) yield* output(sh, name, `${m.kind === 'hashed' ? 'file' : m.kind}\n`);
      else if (o.flags.has('p') || o.flags.has('P')) {
        if (m.kind === 'file' || m.kind === 'hashed') yield* output(sh, name, `${m.value}\n`);
      } else yield* output(sh, name, `${describe(sh, word, m)}\n`);
    }
  }
  return status;
}

function* command(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'pvV');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-pVv] command [arg ...]');
  if (o.flags.has('V')) {
    let status = 0;
    for (const word of o.rest) {
      const [m] = yield* meanings(sh, word, true);
      if (m) yield* output(sh, name, `${describe(sh, word, m)}\n`);
      else {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    }
    return status;
  }
  if (o.flags.has('v')) {
    let status = o.rest.length > 0 ? 0 : 1;
    for (const word of o.rest) {
      const [m] = yield* meanings(sh, word, true);
      if (!m) {
        status = sh.isBash ? 1 : 127;
        continue;
      }
      const text =
        m.kind === 'alias'
          ? `alias ${word}='${m.value.replaceAll("'", "'\\''")}'`
          : m.kind === 'file' || m.kind === 'hashed'
            ? m.value
            : word;
      yield* output(sh, name, `${text}\n`);
    }
    return status;
  }
  if (o.rest.length === 0) return 0;
  return yield* sh.interpreter.runWords(sh, o.rest, { functions: false, defaultPath: o.flags.has('p') });
}

function* builtin(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const rest = args[0] === '--' ? args.slice(1) : args;
  if (rest.length === 0) return 0;
  if (!sh.builtins.has(rest[0])) {
    yield* builtinError(sh, name, `${rest[0]}: not a shell builtin`);
    return 1;
  }
  return yield* sh.interpreter.runWords(sh, rest, { functions: false });
}

/** Which of its meanings a command name has. */
export const builtins: readonly Builtin[] = [
  { name: 'type', usage: '[-afptP] name [name ...]', summary: 'Tell what a command name means.', run: type },
  { name: 'command', usage: '[-pVv] command [arg ...]', summary: 'Run a command, functions passed over.', run: command },
  { name: 'builtin', bashOnly: true, usage: '[shell-builtin [arg ...]]', summary: 'Run a shell builtin.', run: builtin },
];
