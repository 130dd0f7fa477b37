import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chdir, getcwd, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { builtinError, complain, invalidOption, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';

/** `path` seen from `base`, with `.` and `..` taken out by name (the logical view of `cd`). */
export function logicalPath(base: string, path: string): string {
  const out: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

/** Changes the directory and the variables that tell it; throws Errno. */
export function* changeDirectory(sh: Shell, path: string, physical: boolean): Sim<void> {
  const old = sh.vars.get('PWD') ?? sh.cwd;
  const target = physical ? path : logicalPath(sh.cwd, path);
  if (physical || path === '') yield* chdir(path);
  else {
    try {
      yield* chdir(target);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* chdir(path);
    }
  }
  sh.cwd = physical ? yield* getcwd() : target;
  sh.vars.set('OLDPWD', old);
  sh.vars.set('PWD', sh.cwd);
}

const USAGE = '[-L|[-P [-e]] [-@]] [dir]';

function* cd(sh: Shell, args: readonly string[], name: string): Sim<number> {
  let physical = sh.options.has('physical');
  let i = 0;
  for (; i < args.length && args[i].length > 1 && args[i][0] === '-'; i++) {
    if (args[i] === '--') {
      i++;
      break;
    }
    for (const c of args[i].slice(1)) {
      if (c === 'P') physical = true;
      else if (c === 'L') physical = false;
      else if (c !== 'e' && c !== '@') return yield* invalidOption(sh, name, `-${c}`, USAGE);
    }
  }
  const rest = args.slice(i);
  if (rest.length > 1 && sh.isBash) {
    yield* builtinError(sh, name, 'too many arguments');
    return 1;
  }
  if (sh.restricted) {
    yield* builtinError(sh, name, 'restricted');
    return 1;
  }
  let target = rest[0];
  let show = false;
  if (target === undefined) {
    target = sh.vars.get('HOME')!;
    if (target === undefined) {
      yield* builtinError(sh, name, 'HOME not set');
      return 1;
    }
  } else if (target === '-') {
    // dash and ash go nowhere when they have been nowhere.
    target = sh.vars.get('OLDPWD') ?? (sh.isBash ? undefined! : sh.cwd);
    if (target === undefined) {
      yield* builtinError(sh, name, 'OLDPWD not set');
      return 1;
    }
    show = true;
  } else if (!/^(\/|\.\.?(\/|$))/.test(target) && sh.vars.get('CDPATH')) {
    for (const dir of sh.vars.get('CDPATH')!.split(':')) {
      const st = yield* statOrNull(`${dir || '.'}/${target}`);
      if (!st || (st.mode & S_IFMT) !== S_IFDIR) continue;
      target = dir === '' ? target : `${dir}/${target}`;
      show = dir !== '';
      break;
    }
  }
  if (target === '') {
    if (show) yield* output(sh, name, '\n');
    return 0;
  }
  try {
    yield* changeDirectory(sh, target, physical);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* builtinError(
      sh,
      name,
      sh.dialect === 'bash' ? `${target}: ${error.message}` : `can't cd to ${target}${sh.dialect === 'ash' ? `: ${error.message}` : ''}`,
    );
    return sh.isBash ? 1 : 2;
  }
  if (show) yield* output(sh, name, `${sh.cwd}\n`);
  return 0;
}

function* pwd(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const physical = args.some((a) => /^-L*P/.test(a)) || sh.options.has('physical');
  const bad = args.find((a) => a[0] === '-' && a.length > 1 && /[^LP]/.test(a.slice(1)));
  if (bad) return yield* invalidOption(sh, name, `-${bad.slice(1).replace(/[LP]/g, '')[0]}`, '[-LP]');
  return (yield* output(sh, name, `${physical ? yield* getcwd() : sh.cwd}\n`)) ? 0 : 1;
}

function shown(sh: Shell, path: string, long: boolean): string {
  const home = sh.vars.get('HOME');
  return !long && home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}

function* printStack(sh: Shell, long = false): Sim<void> {
  yield* output(sh, 'dirs', `${[sh.cwd, ...sh.directoryStack].map((d) => shown(sh, d, long)).join(' ')}\n`);
}

function* dirs(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const stack = [sh.cwd, ...sh.directoryStack];
  let long = false;
  let lines = false;
  let numbers = false;
  for (const arg of args) {
    if (/^[+-]\d+$/.test(arg)) {
      const n = arg[0] === '+' ? Number(arg.slice(1)) : stack.length - 1 - Number(arg.slice(1));
      if (stack[n] === undefined) {
        yield* builtinError(sh, name, `${arg.slice(1)}: directory stack index out of range`);
        return 1;
      }
      yield* output(sh, name, `${shown(sh, stack[n], long)}\n`);
      return 0;
    }
    for (const c of arg.slice(1)) {
      if (c === 'c') {
        sh.directoryStack = [];
        return 0;
      }
      if (c === 'l') long = true;
      else if (c === 'p') lines = true;
      else if (c === 'v') numbers = true;
      else {
        yield* builtinError(sh, name, `-${c}: invalid option`);
        yield* complain('dirs: usage: dirs [-clpv] [+N] [-N]\n');
        return 2;
      }
    }
  }
  if (numbers) yield* output(sh, name, stack.map((d, i) => `${String(i).padStart(2)}  ${shown(sh, d, long)}\n`).join(''));
  else if (lines) yield* output(sh, name, stack.map((d) => `${shown(sh, d, long)}\n`).join(''));
  else yield* printStack(sh, long);
  return 0;
}

function* move(sh: Shell, name: string, path: string): Sim<boolean> {
  try {
    yield* changeDirectory(sh, path, false);
    return true;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* builtinError(sh, name, `${path}: ${error.message}`);
    return false;
  }
}

function* pushd(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const stay = args[0] === '-n';
  const arg = stay ? args[1] : args[0];
  const stack = [sh.cwd, ...sh.directoryStack];
  if (arg === undefined || /^[+-]\d+$/.test(arg)) {
    if (stack.length < 2) {
      yield* builtinError(sh, name, arg === undefined ? 'no other directory' : `${arg}: directory stack index out of range`);
      return 1;
    }
    const n = arg === undefined ? 1 : arg[0] === '+' ? Number(arg.slice(1)) : stack.length - 1 - Number(arg.slice(1));
    if (stack[n] === undefined) {
      yield* builtinError(sh, name, `${arg}: directory stack index out of range`);
      return 1;
    }
    const rotated = arg === undefined ? [stack[1], stack[0], ...stack.slice(2)] : [...stack.slice(n), ...stack.slice(0, n)];
    if (!(yield* move(sh, name, rotated[0]))) return 1;
    sh.directoryStack = rotated.slice(1);
  } else if (stay) sh.directoryStack.unshift(logicalPath(sh.cwd, arg));
  else {
    const from = sh.cwd;
    if (!(yield* move(sh, name, arg === '-' ? (sh.vars.get('OLDPWD') ?? '') : arg))) return 1;
    sh.directoryStack.unshift(from);
  }
  yield* printStack(sh);
  return 0;
}

function* popd(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const arg = args[0] === '-n' ? args[1] : args[0];
  if (sh.directoryStack.length === 0) {
    yield* builtinError(sh, name, 'directory stack empty');
    return 1;
  }
  const size = sh.directoryStack.length + 1;
  const n = arg === undefined ? 0 : arg[0] === '+' ? Number(arg.slice(1)) : size - 1 - Number(arg.slice(1));
  if (Number.isNaN(n) || n < 0 || n >= size) {
    yield* builtinError(sh, name, `${arg}: directory stack index out of range`);
    return 1;
  }
  if (n === 0 && args[0] !== '-n') {
    if (!(yield* move(sh, name, sh.directoryStack[0]))) return 1;
    sh.directoryStack.shift();
  } else sh.directoryStack.splice(Math.max(0, n - 1), 1);
  yield* printStack(sh);
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'chdir', posixOnly: true, usage: USAGE, summary: 'Change the working directory.', run: cd },
  { name: 'cd', usage: USAGE, summary: 'Change the working directory.', run: cd },
  { name: 'pwd', usage: '[-LP]', summary: 'Print the working directory.', run: pwd },
  { name: 'dirs', bashOnly: true, usage: '[-clpv] [+N] [-N]', summary: 'Show the remembered directories.', run: dirs },
  { name: 'pushd', bashOnly: true, usage: '[-n] [+N | -N | dir]', summary: 'Remember the directory and go to another.', run: pushd },
  { name: 'popd', bashOnly: true, usage: '[-n] [+N | -N]', summary: 'Go back to the directory remembered last.', run: popd },
];
