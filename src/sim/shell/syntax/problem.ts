/**
 * What stops the reader: input that ends too early, or a token that cannot stand where it stands.
 *
 * `unbash` builds the tree but recovers from errors in its own words; bash's own words are made here.
 */
export type Problem =
  /**
   * End of input inside a quote or expansion: "unexpected EOF while looking for matching `X'". bash names the line where
   * it began, which is at `pos`; in commands (`$(`) it names the one where input ended. `matching`: false for `]]`.
   */
  | { readonly kind: 'unclosed'; readonly wanted: string; readonly pos?: number; readonly matching?: boolean }
  /** End of input inside a command: "syntax error: unexpected end of file", or `text` instead. */
  | { readonly kind: 'eof'; readonly expecting?: string; readonly text?: string }
  /** "syntax error near unexpected token `X'". */
  | { readonly kind: 'token'; readonly token: string; readonly pos: number; readonly expecting?: string }
  /** A message of another shape; an empty one is not shown. */
  | { readonly kind: 'message'; readonly text: string; readonly near?: string; readonly pos: number };

export class SyntaxProblem extends Error {
  readonly problem: Problem;
  /** `$?` after it: 1 inside of `name=(`, which bash reads while it assigns; undefined: as before (inside of `[[`). */
  readonly status: number | undefined;

  constructor(problem: Problem, status: number | undefined = problem.kind === 'message' ? undefined : 2) {
    super(problem.kind);
    this.problem = problem;
    this.status = status;
  }

  /** More input could still make it a command (a prompt shows PS2). */
  get incomplete(): boolean {
    return this.problem.kind === 'unclosed' || this.problem.kind === 'eof';
  }
}
