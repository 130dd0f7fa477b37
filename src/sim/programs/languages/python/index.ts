/** Python, as far as it is simulated: its version and its web server. Programs are refused in one line. */
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getenv, isatty, readAll, statOrNull, write } from '../../../kernel/syscalls.ts';
import { pythonHttpServer } from '../../network/pythonHttp.ts';
import { packagedVersion } from '../../packages/database.ts';

const DEFAULT_VERSION = '3.14.7';

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('PYTHON_VERSION')) ?? (yield* packagedVersion('python3')) ?? DEFAULT_VERSION;
  const args = argv.slice(1).filter((arg) => arg !== '-u' && arg !== '-B');
  const [first] = args;
  if (first === '-V' || first === '--version') {
    yield* write(1, `Python ${version}\n`);
    return 0;
  }
  if (first === '-m' && args[1] === 'http.server') return yield* pythonHttpServer(args.slice(2), version);
  if (first === '-m') {
    yield* write(2, `drydock: the Python module "${args[1] ?? ''}" is not simulated\n`);
    return 1;
  }
  if (first === undefined && !(yield* isatty(0)) && (yield* readAll(0)).length === 0) return 0;
  if (first !== undefined && !first.startsWith('-') && !(yield* statOrNull(first))) {
    yield* write(
      2,
      `${argv[0]}: can't open file '${first.startsWith('/') ? first : `${(yield* getenv('PWD')) ?? ''}/${first}`}': [Errno 2] No such file or directory\n`,
    );
    return 2;
  }
  yield* write(2, 'drydock: running Python programs is not simulated\n');
  return 1;
}

export const programs: readonly Program[] = ['python3', 'python'].map((name) => ({ name, main, memory: 10 << 20 }));
