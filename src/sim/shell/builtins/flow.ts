import type { Sim } from '../../kernel/sim.ts';
import { builtinError, complain } from '../exec/message.ts';
import { BreakSignal, ExitSignal, ReturnSignal } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { reap } from './jobs.ts';

function* statusArgument(sh: Shell, args: readonly string[], name: string): Sim<number | null> {
  if (args.length === 0) return sh.status;
  const text = args[0] === '--' ? args[1] : args[0];
  if (text === undefined) return sh.status;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) {
    yield* builtinError(sh, name, sh.isBash ? `${text}: numeric argument required` : `Illegal number: ${text}`);
    return null;
  }
  return Number(BigInt(text.trim()) & 255n);
}

function* exit(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (name === 'logout' && !sh.loginShell) {
    yield* builtinError(sh, name, "not login shell: use `exit'");
    return 1;
  }
  if (sh.interactive && sh.subshell === 0 && sh.isBash) yield* complain(sh.loginShell ? 'logout\n' : 'exit\n');
  // One that was killed is stopped no more.
  if (sh.interactive) yield* reap(sh);
  if (sh.interactive && sh.subshell === 0 && !sh.jobsWarned && sh.jobs.list.some((j) => sh.jobs.state(j) === 'stopped')) {
    sh.jobsWarned = true;
    yield* complain(sh.isBash ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n');
    return 1;
  }
  const status = yield* statusArgument(sh, args, name);
  if (status !== null && args.length > 1 && args[0] !== '--') {
    yield* builtinError(sh, name, 'too many arguments');
    return 1;
  }
  throw new ExitSignal(status ?? 2);
}

function* return_(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (sh.frames.length === 0) {
    if (!sh.isBash) throw new ExitSignal((yield* statusArgument(sh, args, name)) ?? 2);
    yield* builtinError(sh, name, "can only `return' from a function or sourced script");
    return 2;
  }
  const status = yield* statusArgument(sh, args, name);
  if (status !== null && args.length > 1 && args[0] !== '--') {
    yield* builtinError(sh, name, 'too many arguments');
    return 1;
  }
  throw new ReturnSignal(status ?? 2);
}

function* leave(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (sh.loopDepth === 0) {
    if (sh.isBash) yield* builtinError(sh, name, "only meaningful in a `for', `while', or `until' loop");
    return 0;
  }
  const text = args[0] ?? '1';
  if (!/^[-+]?\d+$/.test(text)) {
    yield* builtinError(sh, name, `${text}: numeric argument required`);
    throw sh.interactive ? new BreakSignal('break', sh.loopDepth) : new ExitSignal(128);
  }
  if (Number(text) <= 0) {
    yield* builtinError(sh, name, `${text}: loop count out of range`);
    throw new BreakSignal('break', sh.loopDepth);
  }
  throw new BreakSignal(name === 'continue' ? 'continue' : 'break', Number(text));
}

export const builtins: readonly Builtin[] = [
  { name: 'exit', special: true, usage: '[n]', summary: 'Leave the shell with status N, or that of the last command.', run: exit },
  { name: 'logout', bashOnly: true, usage: '[n]', summary: 'Leave a login shell.', run: exit },
  { name: 'return', special: true, usage: '[n]', summary: 'Leave a function or a sourced file.', run: return_ },
  { name: 'break', special: true, usage: '[n]', summary: 'Leave the N innermost loops.', run: leave },
  { name: 'continue', special: true, usage: '[n]', summary: 'Go on with the next round of the Nth enclosing loop.', run: leave },
];
