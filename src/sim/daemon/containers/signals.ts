/** Signal names and numbers as `docker kill -s` takes them (Linux on amd64). */
import type { SignalName } from '../../kernel/syscalls.ts';
import { invalid } from '../errors.ts';

const NUMBERS: Readonly<Record<SignalName, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
};
const ALIASES: Readonly<Record<string, SignalName>> = { SIGCLD: 'SIGCHLD', SIGIOT: 'SIGABRT', SIGPOLL: 'SIGIO' };

export function signalNumber(name: SignalName): number {
  return NUMBERS[name];
}

/** 'TERM', 'sigterm', '15'. Throws invalid `invalid signal: BOGUS`. */
export function parseSignal(text: string): SignalName {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    if (number === 0) throw invalid(`invalid signal: ${text}`);
    const known = (Object.keys(NUMBERS) as SignalName[]).find((name) => NUMBERS[name] === number);
    if (!known) throw invalid(`the linux daemon does not support signal ${number}`);
    return known;
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  if (name in ALIASES) return ALIASES[name];
  if (name in NUMBERS) return name as SignalName;
  throw invalid(`invalid signal: ${text}`);
}
