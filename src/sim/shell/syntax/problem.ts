/**
 * What stops the reader: input that ends too early, or a token that cannot stand where it stands.
 *
 * `unbash` builds the tree but recovers from errors in its own words; bash's own words are made here.
 */
export type Problem =
  /** End of input inside a quote or expansion: "unexpected EOF while looking for matching `X'". */
  | { readonly kind: 'unclosed'; readonly wanted: string; readonly pos: number }
  /** End of input inside a command: "syntax error: unexpected end of file". */
  | { readonly kind: 'eof'; readonly expecting?: string }
  /** "syntax error near unexpected token `X'". */
  | { readonly kind: 'token'; readonly token: string; readonly pos: number; readonly expecting?: string }
  /** A message of another shape; the offending line follows if `pos` is given. */
  | { readonly kind: 'message'; readonly text: string; readonly near?: string; readonly pos: number };

export class SyntaxProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }

  /** More input could still make it a command (a prompt shows PS2). */
  get incomplete(): boolean {
    return this.problem.kind === 'unclosed' || this.problem.kind === 'eof';
  }
}
