import type { Sim } from '../../../kernel/sim.ts';
import { humanSize } from '../../../lib/goSize.ts';
import type { Cli } from '../../cli/cli.ts';

const SAVE = '\x1b[s';
const RESTORE = '\x1b[u';
const ERASE_LINE = '\x1b[2K';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** Shows how much a copy carries, on a terminal only; call the answer when it is done, to take the line away again. */
export function* copyProgress(cli: Cli, header: string, bytes: number): Sim<() => Sim<void>> {
  if (!(yield* cli.isTerminal(2))) return function* () {};
  yield* cli.err(`${SAVE}Preparing to copy...${HIDE_CURSOR}${RESTORE}${ERASE_LINE}${header}${humanSize(bytes, 3)}`);
  return () => cli.err(`${SHOW_CURSOR}${RESTORE}${ERASE_LINE}`);
}
