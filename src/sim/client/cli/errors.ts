/** How a command ends when it fails: what goes to standard error (nothing if it is empty), and the exit status. */
export class CliError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** Several failures of one command line, each on its own line. */
export function joinErrors(messages: readonly string[]): void {
  if (messages.length > 0) throw new CliError(messages.join('\n'));
}

/** Text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
