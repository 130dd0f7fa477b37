import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { access, close, exec, open, read, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { ExitSignal } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { childSignals } from './fork.ts';
import { report } from './message.ts';
import { startChild } from './startChild.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file that a command name runs. A name with a slash is itself. `found` may be one that cannot be executed. */
export function* findCommand(
  sh: Shell,
  name: string,
  options: { readonly path?: string; readonly remember?: boolean } = {},
): Sim<string | null> {
  if (name.includes('/')) return name;
  if (name === '') return null;
  const known = options.path === undefined ? sh.hashed.get(name) : undefined;
  if (known) {
    if (options.remember) known.hits++;
    return known.path;
  }
  let second: string | null = null;
  for (const dir of (options.path ?? sh.vars.get('PATH') ?? DEFAULT_PATH).split(':')) {
    const path = `${dir || '.'}/${name}`;
    const st = yield* statOrNull(path);
    if (!st || (st.mode & S_IFMT) === S_IFDIR) continue;
    if (yield* access(path, 1)) {
      if (options.remember && options.path === undefined && sh.options.has('hashall')) sh.hashed.set(name, { path, hits: 1 });
      return path;
    }
    second ??= path;
  }
  return second;
}

export interface Launch {
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  /** Take the place of the calling process. */
  readonly replace: boolean;
  readonly defaultPath?: boolean;
  readonly pgid?: number;
  readonly foregroundTty?: number;
  readonly background?: boolean;
  readonly argv0?: string;
}

/** Starts a program: its pid, or the exit status after a message when it cannot be started. */
export function* launch(sh: Shell, how: Launch): Sim<{ readonly pid: number } | { readonly status: number }> {
  const name = how.argv[0];
  const path = yield* findCommand(sh, name, { remember: true, path: how.defaultPath ? DEFAULT_PATH : undefined });
  if (path === null) {
    yield* notFound(sh, name);
    return { status: 127 };
  }
  if (sh.restricted && name.includes('/')) {
    yield* report(sh, `${name}: restricted: cannot specify \`/' in command names`);
    return { status: 1 };
  }
  const argv = how.argv0 !== undefined ? [how.argv0, ...how.argv.slice(1)] : how.argv;
  const env = new Map(how.env);
  if (sh.isBash) env.set('_', path);
  try {
    return yield* start(sh, path, argv, env, how);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    if (error.code === 'ENOEXEC') {
      if (yield* isText(path))
        return yield* start(sh, sh.vars.get('BASH') ?? '/bin/sh', [sh.isBash ? 'bash' : 'sh', path, ...argv.slice(1)], env, how);
      yield* report(sh, `${name}: cannot execute binary file: Exec format error`);
      return { status: 126 };
    }
    return { status: yield* cannotExecute(sh, name, path, error) };
  }
}

function* start(
  sh: Shell,
  path: string,
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
  how: Launch,
): Sim<{ readonly pid: number }> {
  if (how.replace) return yield* exec(path, argv, env);
  const pid = yield* startChild(sh, {
    path,
    argv,
    env,
    signals: childSignals(sh, how.background ?? false),
    ...(how.pgid !== undefined ? { pgid: how.pgid } : {}),
    ...(how.foregroundTty !== undefined ? { foregroundTty: how.foregroundTty } : {}),
  });
  return { pid };
}

function* notFound(sh: Shell, name: string): Sim<void> {
  // Without a PATH bash tries the name as a path.
  const searched = (sh.vars.get('PATH') ?? '') !== '';
  yield* report(sh, !sh.isBash ? `${name}: not found` : searched ? `${name}: command not found` : `${name}: No such file or directory`);
  sh.hint = name;
}

function* isText(path: string): Sim<boolean> {
  try {
    const fd = yield* open(path, 'r');
    const head = yield* read(fd, 128);
    yield* close(fd);
    return !decodeUtf8(head).split('\n')[0].includes('\0');
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}

function* cannotExecute(sh: Shell, name: string, path: string, error: Errno): Sim<number> {
  const st = yield* statOrNull(path);
  if (sh.dialect === 'bash') {
    if (st && (st.mode & S_IFMT) === S_IFDIR) {
      yield* report(sh, `${name}: Is a directory`);
      return 126;
    }
    if (error.code === 'ENOENT' && st) {
      yield* report(sh, `${name}: cannot execute: required file not found`);
      return 127;
    }
    yield* report(sh, `${name}: ${error.message}`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
  yield* report(sh, `${name}: ${error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'not found' : error.message}`);
  return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 127 : 126;
}

/** `exec`'d commands that fail end a shell that is not interactive. */
export function execFailed(sh: Shell, status: number): number {
  if (!sh.interactive && !sh.options.on('execfail')) throw new ExitSignal(status);
  return status;
}
