/** What built-in functions need of a running program. */
import type { Sim } from '../../../kernel/sim.ts';
import type { Regex } from '../../../lib/regex/regex.ts';
import type { AwkStreams } from './streams.ts';
import type { AwkExpr } from './syntax.ts';
import type { AwkValue } from './values.ts';
import type { AwkVariables } from './variables.ts';

/** Gives expressions their values. */
export interface AwkEvaluator {
  readonly vars: AwkVariables;
  readonly streams: AwkStreams;
  /** rand()'s state, and the seed that the next srand() answers. */
  random: { seed: number; previous: number };
  eval(e: AwkExpr): Sim<AwkValue>;
  /** A regex literal, or text used as one. */
  regexOf(e: AwkExpr): Sim<Regex>;
  /** Gives a variable, field or element a value. */
  assign(target: AwkExpr, value: AwkValue): Sim<void>;
}
