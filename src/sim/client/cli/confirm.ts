/** The question before something is pruned. */
import type { Sim } from '../../kernel/sim.ts';
import { read } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { Cli } from './cli.ts';

/** One line of standard input without its line feed; '' at end of file. */
export function* readLine(): Sim<string> {
  let line = '';
  for (;;) {
    const data = yield* read(0, 1);
    if (data.length === 0) return line;
    const char = decodeUtf8(data);
    if (char === '\n') return line.replace(/\r$/, '');
    line += char;
  }
}

/** True for an answer of y; even a yes is a no. */
export function* confirm(cli: Cli, message: string): Sim<boolean> {
  yield* cli.out(`${message} [y/N] `);
  return (yield* readLine()).trim().toLowerCase() === 'y';
}
