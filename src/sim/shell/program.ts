import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { readFile, S_IFDIR, S_IFMT, statOrNull } from '../kernel/syscalls.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { createBuiltins } from './builtins/index.ts';
import { Engine } from './exec/engine.ts';
import { runToEnd } from './exec/fork.ts';
import { OWN_MEMORY } from './exec/memory.ts';
import { complain, output } from './exec/message.ts';
import { runText } from './exec/reader.ts';
import { readLine } from './exec/readLine.ts';
import { createShell, type Invocation, onTerminal, parseInvocation } from './exec/startup.ts';
import { interact } from './interactive.ts';
import type { Dialect } from './state/dialect.ts';
import { bashProduct } from './state/release.ts';
import type { Shell } from './state/shell.ts';
import { isComplete } from './syntax/complete.ts';

const builtins = createBuiltins();
const engine = new Engine();

function shellProgram(name: string, dialect: Dialect): Program {
  return { name, memory: OWN_MEMORY[dialect], main: (argv) => main(argv, dialect) };
}

/** The shells as executables: `bash`, `rbash`, dash's `sh` and busybox's `ash`. */
export function createShellPrograms(): Program[] {
  return [
    shellProgram('bash', 'bash'),
    shellProgram('rbash', 'bash'),
    shellProgram('dash', 'dash'),
    shellProgram('sh', 'dash'),
    shellProgram('ash', 'ash'),
  ];
}

/** A shell for the calling process, with nothing read or executed yet. */
export function* makeShell(dialect: Dialect, argv0: string): Sim<{ readonly shell: Shell; readonly engine: Engine }> {
  return { shell: yield* createShell(engine, builtins, dialect, argv0), engine };
}

/** Runs a shell from its arguments on; `busybox sh` calls it too. */
export function* main(argv: readonly string[], dialect: Dialect): Sim<number> {
  const how = parseInvocation(argv, dialect);
  const sh = yield* createShell(engine, builtins, dialect, how.argv0);
  if (how.version) {
    yield* output(sh, 'bash', `${bashProduct(sh.release)}\n`);
    return 0;
  }
  if (how.error !== undefined) {
    yield* complain(
      dialect === 'dash'
        ? `${argv[0]}: 0: ${how.error.startsWith('-c') ? '-c requires an argument' : `Illegal option ${how.error.split(':')[0]}`}\n`
        : `${argv[0]}: ${how.error}\n${/^--?\w.*: invalid option$/.test(how.error) ? usage(argv[0]) : ''}`,
    );
    return 2;
  }
  sh.positional = [...how.args];
  sh.startArguments = how.args;
  sh.commandString = how.command !== undefined;
  sh.loginShell = how.login;
  sh.options.shopt.set('login_shell', how.login);
  for (const [name, on] of how.set) sh.options.change(name, on);
  for (const [name, on] of how.shopt) sh.options.shopt.set(name, on);
  if (argv[0].endsWith('rbash') || sh.options.on('restricted_shell')) sh.options.shopt.set('restricted_shell', (sh.restricted = true));
  const interactive = how.interactive || (how.readStdin && how.command === undefined && how.script === undefined && (yield* onTerminal()));
  return yield* runToEnd(sh, function* () {
    try {
      return yield* interactive && how.command === undefined ? interact(sh, engine, how) : batch(sh, how);
    } finally {
      sh.traceLevel--;
    }
  });
}

function* batch(sh: Shell, how: Invocation): Sim<number> {
  if (how.login && !how.noProfile)
    for (const path of ['/etc/profile', `${sh.vars.get('HOME') ?? ''}/.profile`])
      if (yield* statOrNull(path)) yield* sh.interpreter.source(sh, path, undefined);
  const startup = sh.isBash ? sh.vars.get('BASH_ENV') : undefined;
  if (startup && (yield* statOrNull(startup))) yield* sh.interpreter.source(sh, startup, undefined);
  if (how.command !== undefined) return yield* runText(engine, sh, how.command, { label: '-c: ', isLast: !how.interactive });
  if (how.script !== undefined) return yield* script(sh, how.script);
  return yield* standardInput(sh);
}

function* script(sh: Shell, path: string): Sim<number> {
  let file = path;
  const direct = yield* statOrNull(path);
  if (!direct && !path.includes('/')) {
    for (const dir of (sh.vars.get('PATH') ?? '').split(':')) {
      if (yield* statOrNull(`${dir}/${path}`)) {
        file = `${dir}/${path}`;
        break;
      }
    }
  }
  const cannot = function* (why: string, status: number): Sim<number> {
    if (sh.dialect === 'dash')
      yield* complain(`sh: 0: cannot open ${path}: ${why === 'No such file or directory' ? 'No such file' : why}\n`);
    else if (sh.dialect === 'ash') yield* complain(`sh: can't open '${path}': ${why}\n`);
    else yield* complain(`bash: ${path}: ${why}\n`);
    return sh.isBash ? status : status === 127 ? (sh.dialect === 'ash' ? 2 : 2) : status;
  };
  const st = yield* statOrNull(file);
  if (st && (st.mode & S_IFMT) === S_IFDIR) return yield* cannot('Is a directory', 126);
  let text: string;
  try {
    text = decodeUtf8(yield* readFile(file));
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    return yield* cannot(error.message, error.code === 'ENOENT' ? 127 : 126);
  }
  if (text.slice(0, 80).split('\n')[0].includes('\0')) {
    yield* complain(`${path}: ${path}: cannot execute binary file\n`);
    return 126;
  }
  sh.scriptFile = path;
  return yield* runText(engine, sh, text, { file: path });
}

/** Reads commands from standard input no further than needed: the commands themselves may read the rest. */
function* standardInput(sh: Shell): Sim<number> {
  let pending = '';
  let line = 1;
  let ended = false;
  while (!ended) {
    const text = yield* readLine();
    if (text === null) ended = true;
    else pending += text;
    if (!ended && !isComplete(pending, sh.dialect)) continue;
    if (pending === '') continue;
    const command = pending;
    pending = '';
    const status = yield* runText(engine, sh, command, { firstLine: line });
    if (status === 2 && !isComplete(command, sh.dialect)) return 2;
    line += command.split('\n').length - 1;
  }
  return sh.status;
}

/** What follows the complaint about an option that bash does not know: the names of all that it does. */
function usage(name: string): string {
  const long =
    'debug debugger dump-po-strings dump-strings help init-file login noediting noprofile norc posix pretty-print rcfile restricted';
  const names = [...long.split(' '), 'verbose', 'version'].map((option) => `\t--${option}\n`).join('');
  return (
    `Usage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\nGNU long options:\n${names}` +
    'Shell options:\n\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)\n\t-abefhkmnptuvxBCEHPT or -o option\n'
  );
}
