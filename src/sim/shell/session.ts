import type { Sim } from '../kernel/sim.ts';
import type { Engine } from './exec/engine.ts';
import { complain } from './exec/message.ts';
import { runText } from './exec/reader.ts';
import { makeShell } from './program.ts';
import { BreakSignal, ExitSignal, Interrupted, ReturnSignal, ShellError } from './state/errors.ts';
import type { Shell } from './state/shell.ts';

/**
 * One long-lived bash without a terminal. Make it inside the process that is to be that bash; then each `evaluate` runs
 * one piece of text as bash would read it from its standard input. Variables, functions, `$?` and the directory last.
 */
export class ShellSession {
  readonly shell: Shell;
  readonly #engine: Engine;
  #line = 1;
  /** `exit` was called; nothing more is executed. */
  ended = false;

  private constructor(shell: Shell, engine: Engine) {
    this.shell = shell;
    this.#engine = engine;
  }

  static *create(argv0 = 'bash'): Sim<ShellSession> {
    const { shell, engine } = yield* makeShell('bash', argv0);
    return new ShellSession(shell, engine);
  }

  *evaluate(text: string): Sim<number> {
    const sh = this.shell;
    if (this.ended) return sh.status;
    const status = sh.status;
    try {
      yield* runText(this.#engine, sh, text, { firstLine: this.#line });
    } catch (error) {
      if (error instanceof ExitSignal) {
        this.ended = true;
        sh.status = error.status;
      } else if (error instanceof ShellError) {
        yield* complain(`${error.prefix ?? sh.prefix}${error.message}\n`);
        sh.status = error.status;
        if (error.fatal) this.ended = true;
      } else if (error instanceof Interrupted) sh.status = 130;
      else if (!(error instanceof BreakSignal) && !(error instanceof ReturnSignal)) throw error;
    }
    if (text.trim() === '') sh.status = status;
    this.#line += text.split('\n').length;
    return sh.status;
  }
}

/**
 * Recordings of bash leave out `line N: ` after its name, which is `main` in functions; this does the same to what ours
 * wrote.
 */
export function withoutLineNumbers(text: string): string {
  return text.replace(/^(?:bash|main): line \d+: /gm, 'bash: ');
}
