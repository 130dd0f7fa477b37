/** The door into the shell for programs and the world. */

export { ashSignals } from './builtins/lib/posixKill.ts';

export { TestError, TestExpression } from './builtins/test.ts';

export { exitCode } from './jobs.ts';
export { createShellPrograms, main as shellMain } from './program.ts';
export { ShellSession, withoutLineNumbers } from './session.ts';
