/** How commands end early. All of them unwind the interpreter to where they are understood. */
export class BreakSignal extends Error {
  levels: number;
  readonly kind: 'break' | 'continue';
  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}

/** `return`: leaves the function or the sourced file. */
export class ReturnSignal extends Error {
  readonly status: number;
  constructor(status: number) {
    super('return');
    this.status = status;
  }
}

/** `exit`, or an error that ends the shell. */
export class ExitSignal extends Error {
  readonly status: number;
  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

/**
 * An error of expansion or assignment. `fatal` ones (unset variable with -u, `${x?}`) end a shell that is not
 * interactive; others give up the command line that is being executed.
 */
export class ShellError extends Error {
  readonly fatal: boolean;
  readonly status: number;
  /** What goes before the message, as it was where the error arose: it is told when functions have been unwound. */
  prefix: string | undefined;
  constructor(message: string, options: { fatal?: boolean; status?: number } = {}) {
    super(message);
    this.fatal = options.fatal ?? false;
    this.status = options.status ?? 1;
  }
}

/** An assignment to a readonly variable. It gives up the command line, but a builtin that makes it only fails. */
export class ReadonlyError extends ShellError {}

/** SIGINT at the prompt or in a builtin that waits; unwinds to the prompt. */
export class Interrupted extends Error {
  readonly signal: string;
  constructor(signal: string) {
    super('interrupted');
    this.signal = signal;
  }
}

/** What bash says when its memory runs out; it ends then. */
export function outOfMemory(bytes: number): ShellError {
  return new ShellError(`xrealloc: cannot allocate ${bytes} bytes`, { fatal: true, status: 2 });
}
