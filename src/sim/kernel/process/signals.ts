/** Signals: numbers (x86_64) and what they do when nobody catches them (signal(7)). */
import type { SignalName } from '../abi.ts';

export const SIGNAL_NUMBERS: Readonly<Record<SignalName, number>> = {
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

export const SIGNAL_NAMES: readonly (SignalName | undefined)[] = Object.entries(SIGNAL_NUMBERS).reduce<(SignalName | undefined)[]>(
  (list, [name, number]) => {
    list[number] = name as SignalName;
    return list;
  },
  [],
);

export function signalNumber(name: SignalName): number {
  return SIGNAL_NUMBERS[name];
}

/** 'INT', 'SIGINT', 'int' or '2'; null is signal 0 (whether a process is there), undefined no signal. */
export function parseSignal(text: string): SignalName | null | undefined {
  if (/^\d+$/.test(text)) return Number(text) === 0 ? null : SIGNAL_NAMES[Number(text)];
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return Object.hasOwn(SIGNAL_NUMBERS, name) ? (name as SignalName) : undefined;
}

export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue';

export function defaultAction(signal: SignalName): DefaultAction {
  switch (signal) {
    case 'SIGCHLD':
    case 'SIGURG':
    case 'SIGWINCH':
      return 'ignore';
    case 'SIGSTOP':
    case 'SIGTSTP':
    case 'SIGTTIN':
    case 'SIGTTOU':
      return 'stop';
    case 'SIGCONT':
      return 'continue';
    case 'SIGQUIT':
    case 'SIGILL':
    case 'SIGTRAP':
    case 'SIGABRT':
    case 'SIGBUS':
    case 'SIGFPE':
    case 'SIGSEGV':
    case 'SIGXCPU':
    case 'SIGXFSZ':
    case 'SIGSYS':
      return 'core';
    default:
      return 'terminate';
  }
}
