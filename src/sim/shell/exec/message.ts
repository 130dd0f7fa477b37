import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { Shell } from '../state/shell.ts';

/** Writes to standard error as it is; a closed one does not matter. */
export function* complain(text: string): Sim<void> {
  try {
    yield* write(2, text);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

/** `bash: line 3: message` */
export function* report(sh: Shell, message: string): Sim<void> {
  yield* complain(`${sh.prefix}${message}\n`);
}

/** `sh: message` of a builtin that is one of BusyBox's applets inside ash: no name, no line. */
export function* appletError(sh: Shell, message: string): Sim<void> {
  yield* complain(`${appletName(sh)}: ${message}\n`);
}

/** What BusyBox's own messages begin with: the name that the shell was called by. */
const appletName = (sh: Shell) => (sh.scriptFile ? 'sh' : sh.argv0.replace(/^.*\//, '').replace(/^-/, ''));

/** `bash: name: message` of a builtin. */
export function* builtinError(sh: Shell, name: string, message: string): Sim<void> {
  if (sh.dialect === 'ash') {
    // ash tells the line whenever it does not read from a terminal, and counts those of -c from 0.
    const line = sh.interactive ? '' : `line ${sh.commandString ? sh.line - 1 : sh.line}: `;
    yield* complain(`${sh.argv0}: ${name}: ${line}${message}\n`);
    return;
  }
  yield* report(sh, `${name}: ${message}`);
}

/** An option that a builtin does not have: the message, the usage line, status 2. */
export function* invalidOption(sh: Shell, name: string, option: string, usage: string): Sim<number> {
  if (sh.dialect === 'dash') {
    yield* report(sh, `${name}: Illegal option ${option}`);
    return 2;
  }
  if (sh.dialect === 'ash') {
    yield* builtinError(sh, name, `illegal option ${option}`);
    return 2;
  }
  yield* builtinError(sh, name, `${option}: invalid option`);
  yield* complain(`${name}: usage: ${name} ${usage}\n`);
  return 2;
}

/** Writes builtin output; a failed write is told as bash tells it. False if it failed. */
export function* output(sh: Shell, name: string, text: string): Sim<boolean> {
  if (text === '') return true;
  try {
    yield* write(1, text);
    return true;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* builtinError(sh, name, `write error: ${error.message}`);
    return false;
  }
}
