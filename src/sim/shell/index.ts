/** The door into the shell for programs and the world. */

export { echoText } from './builtins/echo.ts';
export { ashSignals } from './builtins/lib/posixKill.ts';
export { formatPrintf, type PrintfResult } from './builtins/printf.ts';
export { TestError, TestExpression, type TestHost } from './builtins/test.ts';
export {
  COMPLETE_DIRECTORIES,
  COMPLETE_ERROR,
  COMPLETE_EXTENSIONS,
  COMPLETE_NO_FILES,
  COMPLETE_NO_SPACE,
  COMPLETION_SOURCES,
  type CompletionSource,
  parseCandidates,
} from './completion.ts';
export { exitCode } from './jobs.ts';
export { createShellPrograms, main as shellMain, makeShell } from './program.ts';
export { ShellSession, withoutLineNumbers } from './session.ts';
