/** `kill` of dash and of ash: the former has words of its own, the latter is BusyBox's applet inside the shell. */
import { Errno } from '../../../kernel/errno.ts';
import { parseSignal, SIGNAL_NAMES, SIGNAL_NUMBERS, signalNumber } from '../../../kernel/process/signals.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { type SignalName, kill as send } from '../../../kernel/syscalls.ts';
import { appletError, builtinError, complain, output } from '../../exec/message.ts';
import type { Shell } from '../../state/shell.ts';

const DASH_USAGE = 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]';

/** BusyBox calls signal 29 POLL. */
const ashName = (signal: SignalName) => (signal === 'SIGIO' ? 'POLL' : signal.slice(3));

/** ` 1) HUP` and so on, as BusyBox's `kill -l` lists them; the applets use it too. */
export function ashSignals(): string {
  const names = (Object.keys(SIGNAL_NUMBERS) as SignalName[]).filter((name) => signalNumber(name) <= 31);
  return names.map((name) => `${String(signalNumber(name)).padStart(2)}) ${ashName(name)}\n`).join('');
}

function dashSignals(): string {
  const word = (n: number): string => {
    if (n === 0) return '0';
    if (n >= 34) return n <= 49 ? `RTMIN${n > 34 ? `+${n - 34}` : ''}` : `RTMAX${n < 64 ? `-${64 - n}` : ''}`;
    return n === 16 ? '16' : (SIGNAL_NAMES[n]?.slice(3) ?? String(n));
  };
  return `${Array.from({ length: 65 }, (_, n) => word(n)).join('\n')}\n`;
}

/** Sends to what `target` names: a process, a group or a job; the reason if that cannot be. */
export type Sender = (target: string, signal: SignalName | null) => Sim<string | undefined>;

export function* posixKill(sh: Shell, args: readonly string[], name: string, sendToJob: Sender): Sim<number> {
  const ash = sh.dialect === 'ash';
  const fail = ash ? (message: string) => appletError(sh, message) : (message: string) => builtinError(sh, name, message);
  if (args[0] === '-l') return yield* list(sh, args.slice(1), name, fail);
  let signal: SignalName | null = 'SIGTERM';
  let i = 0;
  if (args[0]?.startsWith('-') && args[0] !== '--') {
    const apart = args[0] === '-s';
    const text = apart ? (args[1] ?? '') : args[0].slice(1);
    i = apart ? 2 : 1;
    const parsed = text === '0' ? null : parseSignal(text);
    if (parsed === undefined) {
      yield* fail(ash ? `bad signal name '${text}'` : apart ? `invalid signal number or name: ${text}` : `Illegal option -${text[0]}`);
      return ash ? 1 : 2;
    }
    signal = parsed;
  }
  if (args[i] === '--') i++;
  if (i >= args.length) {
    yield* fail(ash ? 'you need to specify whom to kill' : DASH_USAGE);
    return ash ? 1 : 2;
  }
  let status = 0;
  for (const target of args.slice(i)) {
    if (target.startsWith('%')) {
      const problem = yield* sendToJob(target, signal);
      if (problem === undefined) continue;
      yield* builtinError(sh, name, problem);
      status = 2;
      continue;
    }
    if (!/^-?\d+$/.test(target)) {
      yield* fail(ash ? `invalid number '${target}'` : `Illegal number: ${target}`);
      status = ash ? 1 : 2;
      if (!ash) return status;
      continue;
    }
    try {
      yield* send(Number(target), signal);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* fail(ash ? `can't kill pid ${target}: ${error.message}` : error.message);
      if (!ash) yield* complain('\n');
      status = 1;
    }
  }
  return status;
}

function* list(sh: Shell, args: readonly string[], name: string, fail: (message: string) => Sim<void>): Sim<number> {
  const ash = sh.dialect === 'ash';
  if (args.length === 0) {
    yield* output(sh, name, ash ? ashSignals() : dashSignals());
    return 0;
  }
  for (const arg of ash ? args : args.slice(0, 1)) {
    const number = /^\d+$/.test(arg) ? Number(arg) : undefined;
    if (number === undefined) {
      const signal = ash ? parseSignal(arg) : undefined;
      if (!signal) {
        yield* fail(ash ? `unknown signal '${arg}'` : `Illegal number: ${arg}`);
        return ash ? 1 : 2;
      }
      yield* output(sh, name, `${signalNumber(signal)}\n`);
      continue;
    }
    const signal = SIGNAL_NAMES[number > 128 ? number - 128 : number];
    if (signal) yield* output(sh, name, `${ash ? ashName(signal) : signal.slice(3)}\n`);
    else if (ash) yield* output(sh, name, `${number}\n`);
    else {
      yield* fail(`invalid signal number or exit status: ${arg}`);
      return 2;
    }
  }
  return 0;
}
