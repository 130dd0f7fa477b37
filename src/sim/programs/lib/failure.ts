/** Ends the tool with `name: message` and this exit status. */
export class Fatal extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** A wrong command line: `name: message` (if there is one) and the hint at `--help`. */
export class UsageError extends Error {}

/** Ends the tool with a status and no word, from any depth. */
export class Done extends Error {
  readonly status: number;

  constructor(status: number) {
    super('done');
    this.status = status;
  }
}
