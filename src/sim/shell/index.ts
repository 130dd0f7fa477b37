/** The door into the shell for programs and the world. */
export { createShellPrograms, main as shellMain, makeShell } from './program.ts';
export { ShellSession, withoutLineNumbers } from './session.ts';
export { COMPLETION_SOURCES, parseCandidates, COMPLETE_DIRECTORIES, COMPLETE_ERROR, COMPLETE_EXTENSIONS, COMPLETE_NO_FILES, COMPLETE_NO_SPACE, type CompletionSource } from './completion.ts';
export { echoText } from './builtins/echo.ts';
export { formatPrintf, type PrintfResult } from './builtins/printf.ts';
export { TestError, TestExpression, type TestHost } from './builtins/test.ts';
export { parseSignal, signalNumber, signalText, SIGNALS } from './jobs.ts';
