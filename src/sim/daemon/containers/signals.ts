/** Signals as `docker kill -s` takes them (Linux on amd64). */
import { parseSignal as knownSignal, SIGNAL_NAMES } from '../../kernel/process/signals.ts';
import type { SignalName } from '../../kernel/syscalls.ts';
import { invalid } from '../errors.ts';

const ALIASES: Readonly<Record<string, SignalName>> = { SIGCLD: 'SIGCHLD', SIGIOT: 'SIGABRT', SIGPOLL: 'SIGIO' };

/** 'TERM', 'sigterm', '15'. Throws invalid `invalid signal: BOGUS`. */
export function parseSignal(text: string): SignalName {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    if (number === 0) throw invalid(`invalid signal: ${text}`);
    const known = SIGNAL_NAMES[number];
    if (!known) throw invalid(`the linux daemon does not support signal ${number}`);
    return known;
  }
  const upper = text.toUpperCase();
  const name = ALIASES[upper.startsWith('SIG') ? upper : `SIG${upper}`] ?? knownSignal(text);
  if (!name) throw invalid(`invalid signal: ${text}`);
  return name;
}
