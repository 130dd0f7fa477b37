/** Errors of containers and execs that could not start, with the exit status that Docker gives them. */
import { DaemonError, invalid } from '../errors.ts';

export const EXIT_NOT_EXECUTABLE = 126;
const EXIT_NOT_FOUND = 127;
export const EXIT_UNKNOWN = 128;

/** Docker tells the kind of failure by words in the text; some texts get a hint or what old clients look for. */
export function startError(text: string): DaemonError & { exitCode: number } {
  const has = (word: string): boolean => text.toLowerCase().includes(word);
  if (has('permission denied')) return withExit(invalid(text), EXIT_NOT_EXECUTABLE);
  if (has('is a directory')) return withExit(invalid(`${text}: permission denied`), EXIT_NOT_EXECUTABLE);
  if (has('not a directory')) {
    const hint =
      'Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type';
    return withExit(invalid(`${text}: ${hint}`), EXIT_NOT_FOUND);
  }
  if (has('executable file not found') || has('no such file or directory')) return withExit(invalid(text), EXIT_NOT_FOUND);
  return withExit(new DaemonError('system', text), EXIT_UNKNOWN);
}

function withExit<E extends DaemonError>(error: E, exitCode: number): E & { exitCode: number } {
  return Object.assign(error, { exitCode });
}

/** The status that a failed start leaves, if the error tells one. */
export function exitCodeOfError(error: unknown): number | undefined {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : undefined;
}
