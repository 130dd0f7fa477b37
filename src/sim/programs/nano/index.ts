import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { isatty, write } from '../../kernel/syscalls.ts';
import { runNano } from './nano.ts';
import { VERSION } from './session.ts';

/** nano [+LINE] [FILE] */
export const program: Program = {
  name: 'nano',
  *main(argv): Sim<number> {
    if (argv[1] === '--version' || argv[1] === '-V') {
      yield* write(1, ` GNU nano, version ${VERSION}\n`);
      return 0;
    }
    if (!(yield* isatty(0)) || !(yield* isatty(1))) {
      yield* write(2, 'Standard input is not a terminal\n');
      return 1;
    }
    return yield* runNano(argv.slice(1).find((arg) => !/^[-+]/.test(arg)) ?? '');
  },
};
