import type { SignalName } from '../../kernel/syscalls.ts';

/** Signals by number (x86_64), without the SIG. */
export const SIGNALS: readonly string[] = [
  '',
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'IO',
  'PWR',
  'SYS',
];

/** From '9', 'KILL', 'SIGKILL' or 'sigkill'; null is signal 0, undefined no signal. */
export function parseSignal(text: string): SignalName | null | undefined {
  if (/^\d+$/.test(text)) return text === '0' ? null : SIGNALS[Number(text)] ? (`SIG${SIGNALS[Number(text)]}` as SignalName) : undefined;
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name !== '' && SIGNALS.includes(name) ? (`SIG${name}` as SignalName) : undefined;
}
