import type { Sim } from '../../kernel/sim.ts';
import { access, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { builtinError, complain, invalidOption, report } from '../exec/message.ts';
import { ShellError } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';

function* eval_(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const rest = args[0] === '--' ? args.slice(1) : args;
  if (sh.isBash && rest[0]?.startsWith('-') && rest === args && rest[0].length > 1)
    return yield* invalidOption(sh, name, rest[0].slice(0, 2), '[arg ...]');
  if (rest.join('') === '') return 0;
  return yield* sh.interpreter.evalText(sh, rest.join(' '), { name, kind: 'eval' });
}

function* source(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const rest = args[0] === '--' ? args.slice(1) : args;
  if (rest.length === 0) {
    if (!sh.isBash) return 0;
    yield* builtinError(sh, name, 'filename argument required');
    yield* complain(`${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  const file = rest[0];
  let path = file;
  if (!file.includes('/')) {
    let found = false;
    for (const dir of (sh.vars.get('PATH') ?? '').split(':')) {
      const candidate = `${dir || '.'}/${file}`;
      const st = yield* statOrNull(candidate);
      if (st && (st.mode & S_IFMT) !== S_IFDIR && (yield* access(candidate, 4))) {
        path = candidate;
        found = true;
        break;
      }
    }
    if (!found && !sh.isBash && !(yield* statOrNull(file))) {
      throw new ShellError(`${name}: ${file}: not found`, { fatal: true, status: 2 });
    }
  }
  try {
    return yield* sh.interpreter.source(sh, path, rest.length > 1 ? rest.slice(1) : undefined);
  } catch (error) {
    if (!(error instanceof ShellError) || !error.message.startsWith(`${path}: `)) throw error;
    if (!sh.isBash) throw new ShellError(`${name}: cannot open ${file}: No such file`, { fatal: true, status: 2 });
    yield* report(sh, error.message.endsWith('is a directory') ? `${name}: ${error.message}` : error.message);
    return 1;
  }
}

/** Text executed by this shell: given, or from a file. */
export const builtins: readonly Builtin[] = [
  { name: 'eval', special: true, usage: '[arg ...]', summary: 'Execute the arguments as a command.', run: eval_ },
  { name: '.', special: true, usage: 'filename [arguments]', summary: 'Execute the commands of a file in this shell.', run: source },
  { name: 'source', bashOnly: true, usage: 'filename [arguments]', summary: 'Execute the commands of a file in this shell.', run: source },
];
