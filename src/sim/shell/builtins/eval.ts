import type { Sim } from '../../kernel/sim.ts';
import { access, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import { findCommand } from '../exec/external.ts';
import { builtinError, complain, invalidOption, output, report } from '../exec/message.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { arithmeticScope } from '../expand/scope.ts';
import { ExitSignal, ShellError } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { functionText } from '../syntax/deparse.ts';
import { parseOptions } from './lib/options.ts';

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'select',
  'while',
  'until',
  'do',
  'done',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'coproc',
]);
const DASH_KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'while',
  'until',
  'do',
  'done',
  'in',
  '{',
  '}',
  '!',
]);

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

function* exec(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'cla:');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-cl] [-a name] [command [argument ...]] [redirection ...]');
  if (o.rest.length === 0) {
    sh.keepRedirections = true;
    return 0;
  }
  const argv0 = o.flags.get('a') ?? o.rest[0];
  const path = yield* findCommand(sh, o.rest[0]);
  if (path === null || (o.rest[0].includes('/') && !(yield* statOrNull(path)))) {
    if (sh.isBash)
      yield* builtinError(
        sh,
        name,
        path === null
          ? `${o.rest[0]}: not found`
          : `${o.rest[0]}: cannot execute: No such file or directory`.replace('cannot execute: ', ''),
      );
    else yield* report(sh, `${name}: ${o.rest[0]}: not found`);
    if (!sh.interactive && !sh.options.on('execfail')) throw new ExitSignal(127);
    return 127;
  }
  return yield* sh.interpreter.runWords(sh, o.rest, {
    functions: false,
    builtins: false,
    exec: true,
    ...(o.flags.has('a') || o.flags.has('l') ? { argv0: `${o.flags.has('l') ? '-' : ''}${argv0}` } : {}),
    ...(o.flags.has('c') ? { env: new Map<string, string>() } : {}),
  });
}

/** All meanings of a name, in the order in which the shell looks. */
function* meanings(
  sh: Shell,
  word: string,
  functions: boolean,
): Sim<{ kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file' | 'hashed'; value: string }[]> {
  const out: { kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file' | 'hashed'; value: string }[] = [];
  const alias = sh.aliases.get(word);
  if (alias !== undefined && (sh.options.on('expand_aliases') || !sh.isBash)) out.push({ kind: 'alias', value: alias });
  if ((sh.isBash ? KEYWORDS : DASH_KEYWORDS).has(word)) out.push({ kind: 'keyword', value: word });
  const f = sh.functions.get(word);
  if (f && functions) out.push({ kind: 'function', value: functionText(f) });
  const b = sh.builtins.get(word);
  if (b && !sh.disabledBuiltins.has(word) && (sh.isBash || !b.bashOnly)) out.push({ kind: 'builtin', value: b.special ? 'special' : '' });
  if (word.includes('/')) {
    const st = yield* statOrNull(word);
    if (st && (st.mode & S_IFMT) !== S_IFDIR && (yield* access(word, 1))) out.push({ kind: 'file', value: word });
    return out;
  }
  const hashed = sh.hashed.get(word);
  if (hashed) out.push({ kind: 'hashed', value: hashed.path });
  for (const dir of (sh.vars.get('PATH') ?? '').split(':')) {
    const path = `${dir || '.'}/${word}`;
    const st = yield* statOrNull(path);
    if (st && (st.mode & S_IFMT) !== S_IFDIR && (yield* access(path, 1))) out.push({ kind: 'file', value: path });
  }
  return out;
}

function* type(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = sh.isBash ? parseOptions(args, 'afptP') : { flags: new Map<string, string>(), order: [], rest: args };
  if ('bad' in o && o.bad) return yield* invalidOption(sh, name, o.bad, '[-afptP] name [name ...]');
  let status = 0;
  for (const word of o.rest) {
    let list = yield* meanings(sh, word, !o.flags.has('f'));
    if (o.flags.has('a')) list = list.filter((m) => m.kind !== 'hashed');
    else if (o.flags.has('P')) list = list.filter((m) => m.kind === 'file' || m.kind === 'hashed').slice(0, 1);
    else list = list.slice(0, 1);
    if (list.length === 0) {
      status = sh.isBash ? 1 : 127;
      if (!o.flags.has('t') && !o.flags.has('p') && !o.flags.has('P')) {
        if (sh.isBash) yield* builtinError(sh, name, `${word}: not found`);
        else yield* output(sh, name, `${word}: not found\n`);
      }
      continue;
    }
    for (const m of list) {
      if (o.flags.has('t')) yield* output(sh, name, `${m.kind === 'hashed' ? 'file' : m.kind}\n`);
      else if (o.flags.has('p') || o.flags.has('P')) {
        if (m.kind === 'file' || m.kind === 'hashed') yield* output(sh, name, `${m.value}\n`);
      } else yield* output(sh, name, `${describe(sh, word, m)}\n`);
    }
  }
  return status;
}

function describe(sh: Shell, word: string, m: { kind: string; value: string }): string {
  switch (m.kind) {
    case 'alias':
      return sh.isBash ? `${word} is aliased to \`${m.value}'` : `${word} is an alias for ${m.value}`;
    case 'keyword':
      return `${word} is a shell keyword`;
    case 'function':
      return sh.isBash ? `${word} is a function\n${m.value.replace(/\n$/, '')}` : `${word} is a shell function`;
    case 'builtin':
      return `${word} is a ${m.value && !sh.isBash ? `${m.value} ` : ''}shell builtin`;
    case 'hashed':
      return sh.isBash ? `${word} is hashed (${m.value})` : `${word} is ${sh.dialect === 'dash' ? 'a tracked alias for ' : ''}${m.value}`;
    default:
      return `${word} is ${m.value}`;
  }
}

function* command(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'pvV');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-pVv] command [arg ...]');
  if (o.flags.has('V')) {
    let status = 0;
    for (const word of o.rest) {
      const [m] = yield* meanings(sh, word, true);
      if (m) yield* output(sh, name, `${describe(sh, word, m)}\n`);
      else {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    }
    return status;
  }
  if (o.flags.has('v')) {
    let status = o.rest.length > 0 ? 0 : 1;
    for (const word of o.rest) {
      const [m] = yield* meanings(sh, word, true);
      if (!m) {
        status = sh.isBash ? 1 : 127;
        continue;
      }
      const text =
        m.kind === 'alias'
          ? `alias ${word}='${m.value.replaceAll("'", "'\\''")}'`
          : m.kind === 'file' || m.kind === 'hashed'
            ? m.value
            : word;
      yield* output(sh, name, `${text}\n`);
    }
    return status;
  }
  if (o.rest.length === 0) return 0;
  return yield* sh.interpreter.runWords(sh, o.rest, { functions: false, defaultPath: o.flags.has('p') });
}

function* builtin(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const rest = args[0] === '--' ? args.slice(1) : args;
  if (rest.length === 0) return 0;
  if (!sh.builtins.has(rest[0])) {
    yield* builtinError(sh, name, `${rest[0]}: not a shell builtin`);
    return 1;
  }
  return yield* sh.interpreter.runWords(sh, rest, { functions: false });
}

function* hash(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'dlp:rt');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-lr] [-p pathname] [-dt] [name ...]');
  if (o.flags.has('r')) sh.hashed.clear();
  if (args.length === 0 || (o.flags.has('l') && o.rest.length === 0)) {
    if (sh.hashed.size === 0) {
      if (sh.isBash) yield* output(sh, name, `${name}: hash table empty\n`);
    } else if (o.flags.has('l')) for (const [word, { path }] of sh.hashed) yield* output(sh, name, `builtin hash -p ${path} ${word}\n`);
    else if (!sh.isBash) for (const { path } of sh.hashed.values()) yield* output(sh, name, `${path}\n`);
    else
      yield* output(
        sh,
        name,
        `hits\tcommand\n${[...sh.hashed.values()].map((h) => `${String(h.hits).padStart(4)}\t${h.path}\n`).join('')}`,
      );
    return 0;
  }
  let status = 0;
  for (const word of o.rest) {
    if (o.flags.has('p')) sh.hashed.set(word, { path: o.flags.get('p')!, hits: 0 });
    else if (o.flags.has('d')) {
      if (!sh.hashed.delete(word)) {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    } else if (o.flags.has('t')) {
      const known = sh.hashed.get(word);
      if (known) yield* output(sh, name, o.rest.length > 1 ? `${word}\t${known.path}\n` : `${known.path}\n`);
      else {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      }
    } else {
      sh.hashed.delete(word);
      const path = yield* findCommand(sh, word);
      if (path === null) {
        yield* builtinError(sh, name, `${word}: not found`);
        status = 1;
      } else if (!word.includes('/')) sh.hashed.set(word, { path, hits: 0 });
    }
  }
  return status;
}

function* enable(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'anps');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-a] [-dnps] [-f filename] [name ...]');
  if (o.rest.length === 0) {
    for (const b of [...sh.builtins.values()].sort((x, y) => (x.name < y.name ? -1 : 1))) {
      const off = sh.disabledBuiltins.has(b.name);
      if (o.flags.has('s') && !b.special) continue;
      if (o.flags.has('a') || off === o.flags.has('n')) yield* output(sh, name, `enable ${off ? '-n ' : ''}${b.name}\n`);
    }
    return 0;
  }
  let status = 0;
  for (const word of o.rest) {
    if (!sh.builtins.has(word)) {
      yield* builtinError(sh, name, `${word}: not a shell builtin`);
      status = 1;
    } else if (o.flags.has('n')) sh.disabledBuiltins.add(word);
    else sh.disabledBuiltins.delete(word);
  }
  return status;
}

function* let_(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const list = args[0] === '--' ? args.slice(1) : args;
  if (list.length === 0) {
    yield* builtinError(sh, name, 'expression expected');
    return 1;
  }
  let value = 0n;
  try {
    for (const text of list) {
      value = evaluateArithmetic(text, arithmeticScope(sh), 'let: ');
    }
  } catch (error) {
    if (!(error instanceof ShellError) || error.fatal) throw error;
    yield* report(sh, error.message);
    return 1;
  }
  return value === 0n ? 1 : 0;
}

function* alias(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const list = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args;
  const show = (n: string): string =>
    sh.isBash ? `alias ${n}='${sh.aliases.get(n)!.replaceAll("'", "'\\''")}'\n` : `${n}='${sh.aliases.get(n)!.replaceAll("'", `'"'"'`)}'\n`;
  if (list.length === 0) {
    for (const n of [...sh.aliases.keys()].sort()) yield* output(sh, name, show(n));
    return 0;
  }
  let status = 0;
  for (const arg of list) {
    const equals = arg.indexOf('=', 1);
    if (equals > 0) {
      const n = arg.slice(0, equals);
      if (/[\s$`'"\\/&|;<>()=]/.test(n)) {
        yield* builtinError(sh, name, `\`${n}': invalid alias name`);
        status = 1;
      } else sh.aliases.set(n, arg.slice(equals + 1));
    } else if (sh.aliases.has(arg)) yield* output(sh, name, show(arg));
    else {
      if (sh.isBash) yield* builtinError(sh, name, `${arg}: not found`);
      else yield* complain(`${name}: ${arg} not found\n`);
      status = 1;
    }
  }
  return status;
}

function* unalias(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (args[0] === '-a') {
    sh.aliases.clear();
    return 0;
  }
  if (args.length === 0) {
    yield* complain('unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const arg of args) {
    if (sh.aliases.delete(arg)) continue;
    if (sh.isBash) yield* builtinError(sh, name, `${arg}: not found`);
    else yield* complain(`${name}: ${arg} not found\n`);
    status = 1;
  }
  return status;
}

function* caller(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const frames = sh.frames;
  const n = args.length > 0 ? Number(args[0]) : -1;
  const depth = frames.length - 1 - Math.max(0, n);
  if (depth < 0 || frames.length === 0) return 1;
  const frame = frames[depth];
  const outer = frames[depth - 1];
  const file = outer?.file || (sh.commandString || !sh.source?.file ? 'NULL' : sh.source.file) || 'NULL';
  yield* output(
    sh,
    name,
    args.length > 0 ? `${frame.line} ${outer?.name ?? 'main'} ${outer?.file || sh.argv0}\n` : `${frame.line} ${file}\n`,
  );
  return 0;
}

function* getopts(sh: Shell, args: readonly string[]): Sim<number> {
  if (args.length < 2) {
    yield* complain('getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const [spec, variable] = args;
  const list = args.length > 2 ? args.slice(2) : sh.positional;
  const silent = spec[0] === ':' || sh.vars.get('OPTERR') === '0';
  let index = Number(sh.vars.get('OPTIND') ?? 1) || 1;
  if (index === 1 && sh.getoptsIndex !== 1) sh.getoptsPlace = 0;
  const word = list[index - 1];
  const finish = (): number => {
    sh.vars.set(variable, '?');
    sh.vars.unset('OPTARG');
    sh.getoptsPlace = 0;
    return 1;
  };
  const advance = (): void => {
    sh.vars.set('OPTIND', String(index));
    sh.getoptsIndex = index;
  };
  if (sh.getoptsPlace === 0) {
    if (word === undefined || word[0] !== '-' || word === '-') {
      advance();
      return finish();
    }
    if (word === '--') {
      index++;
      advance();
      return finish();
    }
    sh.getoptsPlace = 1;
  }
  const c = word[sh.getoptsPlace];
  const at = c === ':' ? -1 : spec.indexOf(c, spec[0] === ':' ? 1 : 0);
  sh.getoptsPlace++;
  const last = sh.getoptsPlace >= word.length;
  if (at < 0) {
    if (last) {
      index++;
      sh.getoptsPlace = 0;
    }
    advance();
    sh.vars.set(variable, '?');
    if (spec[0] === ':') sh.vars.set('OPTARG', c);
    else {
      sh.vars.unset('OPTARG');
      if (!silent) yield* complain(sh.isBash ? `${sh.argv0}: illegal option -- ${c}\n` : `Illegal option -${c}\n`);
    }
    return 0;
  }
  if (spec[at + 1] !== ':') {
    if (last) {
      index++;
      sh.getoptsPlace = 0;
    }
    advance();
    sh.vars.set(variable, c);
    sh.vars.unset('OPTARG');
    return 0;
  }
  const value = last ? list[index] : word.slice(sh.getoptsPlace);
  index += last ? 2 : 1;
  sh.getoptsPlace = 0;
  advance();
  if (value === undefined) {
    index = list.length + 1;
    advance();
    if (spec[0] === ':') {
      sh.vars.set(variable, ':');
      sh.vars.set('OPTARG', c);
    } else {
      sh.vars.set(variable, '?');
      sh.vars.unset('OPTARG');
      if (!silent) yield* complain(sh.isBash ? `${sh.argv0}: option requires an argument -- ${c}\n` : `No arg for -${c} option\n`);
    }
    return 0;
  }
  sh.vars.set(variable, c);
  sh.vars.set('OPTARG', value);
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'eval', special: true, usage: '[arg ...]', summary: 'Execute the arguments as a command.', run: eval_ },
  { name: '.', special: true, usage: 'filename [arguments]', summary: 'Execute the commands of a file in this shell.', run: source },
  { name: 'source', bashOnly: true, usage: 'filename [arguments]', summary: 'Execute the commands of a file in this shell.', run: source },
  {
    name: 'exec',
    special: true,
    usage: '[-cl] [-a name] [command [argument ...]] [redirection ...]',
    summary: 'Replace the shell with a program.',
    run: exec,
  },
  { name: 'type', usage: '[-afptP] name [name ...]', summary: 'Tell what a command name means.', run: type },
  { name: 'command', usage: '[-pVv] command [arg ...]', summary: 'Run a command, functions passed over.', run: command },
  { name: 'builtin', bashOnly: true, usage: '[shell-builtin [arg ...]]', summary: 'Run a shell builtin.', run: builtin },
  { name: 'hash', usage: '[-lr] [-p pathname] [-dt] [name ...]', summary: 'Remember or show where programs are.', run: hash },
  { name: 'enable', bashOnly: true, usage: '[-a] [-dnps] [-f filename] [name ...]', summary: 'Switch builtins on and off.', run: enable },
  { name: 'let', bashOnly: true, usage: 'arg [arg ...]', summary: 'Evaluate arithmetic expressions.', run: let_ },
  { name: 'alias', declaration: true, usage: '[-p] [name[=value] ... ]', summary: 'Define or show aliases.', run: alias },
  { name: 'unalias', usage: '[-a] name [name ...]', summary: 'Forget aliases.', run: unalias },
  { name: 'caller', bashOnly: true, usage: '[expr]', summary: 'Show from where the function was called.', run: caller },
  { name: 'getopts', usage: 'optstring name [arg ...]', summary: 'Parse options of a script.', run: getopts },
];
