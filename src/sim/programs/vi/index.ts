import type { Sim } from '../../kernel/sim.ts';
import { isatty, write } from '../../kernel/syscalls.ts';
import { busyboxRefusal } from '../lib/busyboxComplaint.ts';
import type { ToolProgram } from '../lib/tool.ts';
import { runVi } from './vi.ts';

function make(name: string): ToolProgram {
  const program: ToolProgram = {
    name,
    *busybox(argv, build): Sim<number> {
      const option = argv.slice(1).find((arg) => /^-[^cRH]/.test(arg));
      if (option === undefined) return yield* program.main(argv);
      const complaint = option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option[1]}'`;
      yield* write(2, busyboxRefusal('vi', complaint, build));
      return 1;
    },
    *main(argv): Sim<number> {
      if (argv[1] === '--version') {
        yield* write(1, 'VIM - Vi IMproved 9.0 (2022 Jun 28), the part of it that Drydock has\n');
        return 0;
      }
      if (!(yield* isatty(1))) {
        yield* write(2, 'Vim: Warning: Output is not to a terminal\n');
        return 1;
      }
      if (!(yield* isatty(0))) {
        yield* write(2, 'Vim: Warning: Input is not from a terminal\n');
        return 1;
      }
      const start = argv.find((arg) => /^\+\d*$/.test(arg));
      const path = argv.slice(1).find((arg) => !/^[-+]/.test(arg));
      return yield* runVi(path, start === undefined ? 0 : start === '+' ? Number.MAX_SAFE_INTEGER : Number(start.slice(1)) - 1);
    },
  };
  return program;
}

/** vi [+LINE] [FILE] */
export const programs: readonly ToolProgram[] = [make('vi'), make('vim')];
