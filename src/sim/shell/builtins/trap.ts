import { Errno } from '../../kernel/errno.ts';
import { parseSignal, signalNumber } from '../../kernel/process/signals.ts';
import type { Sim } from '../../kernel/sim.ts';
import { type SignalName, sigaction } from '../../kernel/syscalls.ts';
import { builtinError, complain, invalidOption, output } from '../exec/message.ts';
import { Interrupted } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

const PSEUDO = ['EXIT', 'DEBUG', 'ERR', 'RETURN'];

/** 'EXIT', 'ERR', 'SIGINT'...; undefined if it is none. */
function trapName(text: string): string | undefined {
  if (text === '0') return 'EXIT';
  const upper = text.toUpperCase().replace(/^SIG(?=EXIT|DEBUG|ERR|RETURN)/, '');
  return PSEUDO.includes(upper) ? upper : (parseSignal(text) ?? undefined);
}

/** Lets a signal be noted for its trap, which runs between commands; `wait` and `read` are left at once. */
export function* catchSignal(sh: Shell, signal: SignalName): Sim<void> {
  yield* sigaction(signal, function* () {
    sh.pendingSignals.push(signal);
    if (sh.interruptible || (sh.atPrompt && signal === 'SIGINT')) throw new Interrupted(signal);
  });
}

function* setDisposition(sh: Shell, name: string, action: string | undefined): Sim<void> {
  if (!name.startsWith('SIG')) return;
  const signal = name as SignalName;
  try {
    if (action === undefined) {
      if (sh.interactive && sh.subshell === 0) yield* sh.interpreter.defaultSignal(sh, signal);
      else yield* sigaction(signal, 'default');
    } else if (action === '') yield* sigaction(signal, 'ignore');
    else yield* catchSignal(sh, signal);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function order(name: string): number {
  return name === 'EXIT' ? 0 : name.startsWith('SIG') ? signalNumber(name as SignalName) : 100 + PSEUDO.indexOf(name);
}

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = args[0] === '-' ? { flags: new Map<string, string>(), rest: args, bad: undefined } : parseOptions(args, sh.isBash ? 'lp' : '');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-lp] [[arg] signal_spec ...]');
  if (o.flags.has('l')) {
    yield* sh.interpreter.runWords(sh, ['kill', '-l']);
    return 0;
  }
  if (o.rest.length === 0 || o.flags.has('p')) {
    const names = o.rest.length > 0 ? o.rest.map(trapName) : [...sh.traps.keys()];
    for (const n of names.filter((n): n is string => n !== undefined && sh.traps.has(n)).sort((a, b) => order(a) - order(b))) {
      const action = sh.traps.get(n)!;
      yield* output(
        sh,
        name,
        `trap -- '${action.replaceAll("'", sh.isBash ? "'\\''" : `'"'"'`)}' ${sh.isBash ? n : n.replace(/^SIG/, '')}\n`,
      );
    }
    return 0;
  }
  let action: string | undefined = o.rest[0];
  let specs: readonly string[] = o.rest.slice(1);
  if (o.rest.length === 1) {
    action = undefined;
    specs = o.rest;
    if (trapName(o.rest[0]) === undefined || (!/^\d+$/.test(o.rest[0]) && sh.isBash && trapName(o.rest[0]) === undefined)) {
      yield* complain(`${name}: usage: ${name} [-lp] [[arg] signal_spec ...]\n`);
      return 2;
    }
  } else if (/^\d+$/.test(o.rest[0])) {
    action = undefined;
    specs = o.rest;
  } else if (action === '-') action = undefined;
  let status = 0;
  for (const spec of specs) {
    const n = trapName(spec);
    if (n === undefined) {
      if (sh.dialect !== 'dash') yield* builtinError(sh, name, `${spec}: invalid signal specification`);
      else yield* complain(`${name}: ${spec}: bad trap\n`);
      status = 1;
      continue;
    }
    if (n === 'SIGKILL' || n === 'SIGSTOP') continue;
    if (action === undefined) sh.traps.delete(n);
    else sh.traps.set(n, action);
    yield* setDisposition(sh, n, action);
  }
  return status;
}

export const builtins: readonly Builtin[] = [
  { name: 'trap', special: true, usage: '[-lp] [[arg] signal_spec ...]', summary: 'Run a command when a signal or event comes.', run },
];
