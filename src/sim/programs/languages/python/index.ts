/** Python: reads its command line; MicroPython runs the rest (run.ts). */
import type { Program } from '../../../kernel/program.ts';
import { load, type Sim } from '../../../kernel/sim.ts';
import { findExecutable, getcwd, getenv, isatty, realpath, statOrNull, write } from '../../../kernel/syscalls.ts';
import { pythonHttpServer } from '../../network/pythonHttp.ts';
import { packagedVersion } from '../../packages/database.ts';
import type { Job } from './run.ts';
import { makeVenv } from './venv.ts';

const DEFAULT_VERSION = '3.14.7';
/** Flags without a meaning here. */
const IGNORED = 'bBdEIOPqRsSvx';

interface CommandLine {
  readonly kind: Job['kind'] | 'version' | 'help';
  readonly text: string;
  readonly argv: readonly string[];
  readonly unbuffered: boolean;
  readonly inspect: boolean;
}

function parse(args: readonly string[], terminal: boolean): CommandLine | { readonly error: string } {
  let unbuffered = false;
  let inspect = false;
  const line = (kind: CommandLine['kind'], text: string, argv: readonly string[]) => ({ kind, text, argv, unbuffered, inspect });
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--version') return line('version', '', []);
    if (arg === '--help') return line('help', '', []);
    if (arg === '-' || !arg.startsWith('-'))
      return arg === '-' ? line('stdin', '', ['-', ...args.slice(i + 1)]) : line('file', arg, args.slice(i));
    for (let at = 1; at < arg.length; at++) {
      const flag = arg[at];
      if (flag === 'c' || flag === 'm') {
        const rest = arg.slice(at + 1);
        const text = rest || args[++i];
        if (text === undefined) return { error: `Argument expected for the -${flag} option` };
        return line(flag === 'c' ? 'command' : 'module', text, [flag === 'c' ? '-c' : '-m', ...args.slice(i + 1)]);
      }
      if (flag === 'V') return line('version', '', []);
      if (flag === 'h' || flag === '?') return line('help', '', []);
      if (flag === 'u') unbuffered = true;
      else if (flag === 'i') inspect = true;
      else if (flag === 'W' || flag === 'X') {
        if (at === arg.length - 1) i++;
        break;
      } else if (!IGNORED.includes(flag)) return { error: `Unknown option: -${flag}` };
    }
  }
  return line(terminal || inspect ? 'interactive' : 'stdin', '', ['']);
}

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('PYTHON_VERSION')) ?? (yield* packagedVersion('python3')) ?? DEFAULT_VERSION;
  const line = parse(argv.slice(1), yield* isatty(0));
  const usage = `usage: ${argv[0]} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n`;
  if ('error' in line) {
    yield* write(2, `${line.error}\n${usage}Try \`python -h' for more information.\n`);
    return 2;
  }
  if (line.kind === 'version' || line.kind === 'help') {
    yield* write(1, line.kind === 'version' ? `Python ${version}\n` : usage);
    return 0;
  }
  if (line.kind === 'file') {
    const stat = yield* statOrNull(line.text);
    if (!stat) {
      const path = line.text.startsWith('/') ? line.text : `${(yield* getcwd()).replace(/\/$/, '')}/${line.text}`;
      yield* write(2, `${argv[0]}: can't open file '${path}': [Errno 2] No such file or directory\n`);
      return 2;
    }
  }
  if (line.kind === 'module' && line.text === 'http.server') return yield* pythonHttpServer(line.argv.slice(1), version);
  if (line.kind === 'module' && line.text === 'pip') {
    const { pip } = yield* load(() => import('../pip/index.ts'));
    return yield* pip([argv[0], ...line.argv.slice(1)]);
  }
  if (line.kind === 'module' && line.text === 'venv') return yield* makeVenv(argv[0], line.argv.slice(1), version);
  const named = argv[0].includes('/') ? argv[0] : ((yield* findExecutable(argv[0])) ?? '/usr/bin/python3');
  const executable = named.startsWith('/') ? named : `${(yield* getcwd()).replace(/\/$/, '')}/${named}`;
  const home = executable.replace(/\/[^/]*\/[^/]*$/, '');
  const venv = (yield* statOrNull(`${home}/pyvenv.cfg`)) ? home : null;
  const real = (yield* statOrNull(executable)) ? yield* realpath(executable) : executable;
  const { runPython } = yield* load(() => import('./run.ts'));
  return yield* runPython({
    kind: line.kind,
    text: line.text,
    argv: line.argv,
    version,
    prefix: real.startsWith('/usr/local/') ? '/usr/local' : '/usr',
    executable,
    unbuffered: line.unbuffered,
    inspect: line.inspect,
    path: (yield* getenv('PYTHONPATH')) ?? '',
    venv,
  });
}

export const programs: readonly Program[] = ['python3', 'python'].map((name) => ({ name, main, memory: 10 << 20 }));
