/** What the client reports by the way, as logrus writes it where it takes its output for no terminal (docker's is wrapped). */
import type { Sim } from '../../kernel/sim.ts';
import { goQuote } from '../../lib/goQuote.ts';
import { formatRfc3339, instantOf } from '../../lib/goTime.ts';
import type { Cli } from './cli.ts';

/** `time="2026-11-24T14:00:00Z" level=error msg="..."` on standard error. */
export function* log(cli: Cli, level: 'error' | 'warning', message: string): Sim<void> {
  const time = formatRfc3339(instantOf((yield* cli.now()) * 1e6));
  yield* cli.err(`time="${time}" level=${level} msg=${PLAIN.test(message) ? message : goQuote(message)}\n`);
}

/** What logrus leaves unquoted. */
const PLAIN = /^[-\w./@^+]+$/;
