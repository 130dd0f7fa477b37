import type { Sim } from '../../kernel/sim.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import { doubleQuote, quoteIfNeeded } from '../expand/quote.ts';
import { arrayLiteral, attributeLetters } from '../expand/transform.ts';
import { ExitSignal, ReadonlyError, ShellError } from '../state/errors.ts';
import type { ArrayArgument, Builtin, Shell } from '../state/shell.ts';
import type { Variable } from '../state/variables.ts';
import { functionText } from '../syntax/deparse.ts';
import { parseOptions } from './lib/options.ts';

const USAGE = '[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]';

/** `declare -x A="1"`, as `declare -p` shows a variable. */
export function declaration(name: string, v: Variable): string {
  const letters = attributeLetters(v);
  const head = `declare -${letters || '-'} ${name}`;
  if (v.array || v.assoc) return (v.array ?? v.assoc)!.size === 0 && v.value === undefined ? `${head}=()` : `${head}=${arrayLiteral(v)}`;
  const value = v.get ? v.get() : v.value;
  return value === undefined ? head : `${head}=${doubleQuote(value)}`;
}

/** `name=value` as `set` and a bare `declare` list it. */
export function plainListing(name: string, v: Variable): string | null {
  if (name === 'FUNCNAME' && v.array?.size === 0) return null;
  if (v.array || v.assoc) return `${name}=${arrayLiteral(v)}`;
  if (v.get && !v.seen) return null;
  const value = v.get ? v.get() : v.value;
  return value === undefined ? null : `${name}=${quoteIfNeeded(value)}`;
}

interface Attributes {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

function applyAttributes(v: Variable, a: Attributes): void {
  if (a.on.has('a') && !v.array && !v.assoc) {
    v.array = new Map(v.value === undefined ? [] : [[0, v.value]]);
    v.value = undefined;
  }
  if (a.on.has('A') && !v.assoc) {
    v.assoc = new Map(v.value === undefined ? [] : [['0', v.value]]);
    v.value = undefined;
  }
  if (a.on.has('i')) v.integer = true;
  if (a.on.has('x')) v.exported = true;
  if (a.on.has('t')) v.trace = true;
  if (a.on.has('l')) {
    v.lower = true;
    v.upper = false;
  }
  if (a.on.has('u')) {
    v.upper = true;
    v.lower = false;
  }
  if (a.on.has('n')) v.nameref = true;
  if (a.off.has('i')) v.integer = false;
  if (a.off.has('x')) v.exported = false;
  if (a.off.has('t')) v.trace = false;
  if (a.off.has('l')) v.lower = false;
  if (a.off.has('u')) v.upper = false;
  if (a.off.has('n')) v.nameref = false;
}

function* one(
  sh: Shell,
  name: string,
  arg: string,
  array: ArrayArgument | undefined,
  a: Attributes,
  o: { local: boolean; global: boolean; inherit: boolean },
): Sim<boolean> {
  const match = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(?:(\+)?=([\s\S]*))?$/s.exec(arg);
  if (!match) {
    yield* builtinError(sh, name, `\`${arg}': not a valid identifier`);
    return false;
  }
  const [, variable, subscript, plus, value] = match;
  // A list that cannot be assigned gives up the command line, as without `declare`.
  if (array && !o.local && sh.vars.find(variable)?.readonly) throw new ShellError(sh.vars.readonlyError(variable).message);
  let elements: { key?: string; value: string; append?: boolean }[] | undefined;
  try {
    if (array && !a.on.has('A') && !(sh.vars.find(variable)?.assoc && !o.local)) elements = yield* sh.interpreter.arrayElements(sh, array);
    let v: Variable | undefined;
    if (o.local && !o.global) v = sh.vars.makeLocal(variable, o.inherit || sh.options.on('localvar_inherit'));
    else {
      v = a.on.has('n') || a.off.has('n') ? sh.vars.raw(variable) : (sh.vars.find(variable) ?? sh.vars.raw(variable));
      if (!v) sh.vars.define(variable, (v = { value: undefined }));
    }
    if (v.readonly && (value !== undefined || array || a.off.has('r'))) throw sh.vars.readonlyError(variable);
    if (a.on.has('a') && v.assoc) {
      yield* builtinError(sh, name, `${variable}: cannot convert associative to indexed array`);
      return false;
    }
    if (a.on.has('A') && v.array) {
      yield* builtinError(sh, name, `${variable}: cannot convert indexed to associative array`);
      return false;
    }
    if (a.on.has('n') && value === variable) {
      yield* builtinError(sh, name, `${variable}: nameref variable self references not allowed`);
      return false;
    }
    if ((array || subscript !== undefined) && !v.array && !v.assoc && !a.on.has('A'))
      applyAttributes(v, { on: new Set(['a']), off: new Set() });
    applyAttributes(v, a);
    if (array) sh.vars.setArray(variable, elements ?? (yield* sh.interpreter.arrayElements(sh, array)), array.append);
    else if (value !== undefined) {
      if (a.on.has('n')) v.value = value;
      else if (subscript !== undefined) sh.vars.setElement(variable, subscript, value, plus === '+');
      else sh.vars.set(variable, value, plus === '+');
    }
    if (a.on.has('r')) v.readonly = true;
    return true;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    if (error instanceof ReadonlyError && (!sh.isBash || name === 'export' || name === 'readonly')) throw error;
    yield* builtinError(sh, name, error.message);
    return false;
  }
}

function* printVariables(sh: Shell, name: string, names: readonly string[], filter: (v: Variable) => boolean): Sim<number> {
  let status = 0;
  const list = names.length > 0 ? names : sh.vars.names().filter((n) => filter(sh.vars.raw(n)!));
  for (const n of list) {
    const v = sh.vars.raw(n);
    if (!v) {
      yield* builtinError(sh, name, `${n}: not found`);
      status = 1;
    } else yield* output(sh, name, `${declaration(n, v)}\n`);
  }
  return status;
}

function* printFunctions(sh: Shell, name: string, names: readonly string[], namesOnly: boolean, quiet = false): Sim<number> {
  let status = 0;
  for (const n of names.length > 0 ? names : [...sh.functions.keys()].sort()) {
    const f = sh.functions.get(n);
    if (!f) status = 1;
    else if (!quiet) {
      yield* output(sh, name, namesOnly ? (names.length > 0 ? `${n}\n` : `declare -f${f.exported ? 'x' : ''} ${n}\n`) : functionText(f));
    }
  }
  return status;
}

function* declare(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'aAfFgiIlnprtux', true);
  if (o.bad)
    return yield* invalidOption(
      sh,
      name,
      o.bad,
      name === 'local' ? '[option] name[=value] ...' : name === 'declare' ? USAGE : USAGE.replace('declare -p', 'typeset -p'),
    );
  const inFunction = sh.vars.depth > 0 && sh.frames.some((f) => f.kind === 'function');
  if (name === 'local' && !inFunction) {
    if (sh.dialect === 'ash') {
      yield* builtinError(sh, name, 'not in a function');
      return 2;
    }
    if (!sh.isBash) throw new ShellError(`${name}: not in a function`, { fatal: true, status: 2 });
    yield* builtinError(sh, name, 'can only be used in a function');
    return 1;
  }
  const offset = args.length - o.rest.length;
  if (name === 'local' && o.rest[0] === '-') return 0;
  if (o.flags.has('f') || o.flags.has('F')) return yield* functions(sh, name, o.rest, o.flags);
  if (o.flags.has('p')) {
    const wanted = 'aAilnrtux'.split('').filter((c) => o.flags.has(c));
    return yield* printVariables(sh, name, o.rest, (v) => wanted.every((c) => attributeLetters(v).includes(c)));
  }
  const on = new Set(o.order.filter((c) => c[0] !== '+'));
  const off = new Set(o.order.filter((c) => c[0] === '+').map((c) => c[1]));
  if (o.rest.length === 0) return yield* listAll(sh, name, on);
  let status = 0;
  for (let i = 0; i < o.rest.length; i++) {
    const array = sh.arrayArguments.get(i + offset);
    const ok = yield* one(
      sh,
      name,
      o.rest[i],
      array,
      { on, off },
      { local: name === 'local' || inFunction, global: on.has('g'), inherit: on.has('I') },
    );
    if (!ok) status = 1;
  }
  return status;
}

function* functions(sh: Shell, name: string, names: readonly string[], flags: ReadonlyMap<string, string>): Sim<number> {
  if (flags.has('x') || flags.has('+x')) {
    for (const n of names) {
      const f = sh.functions.get(n);
      if (f) sh.functions.set(n, { ...f, exported: flags.has('x') });
    }
    return 0;
  }
  return yield* printFunctions(sh, name, names, flags.has('F'));
}

function* listAll(sh: Shell, name: string, on: ReadonlySet<string>): Sim<number> {
  const wanted = [...on].filter((c) => 'aAilnrtux'.includes(c));
  if (wanted.length > 0) return yield* printVariables(sh, name, [], (v) => wanted.every((c) => attributeLetters(v).includes(c)));
  for (const n of name === 'local' ? sh.vars.localNames() : sh.vars.names()) {
    const line = plainListing(n, sh.vars.raw(n)!);
    if (line !== null) yield* output(sh, name, `${line}\n`);
  }
  if (name !== 'local') yield* printFunctions(sh, name, [], false);
  return 0;
}

function* exportOrReadonly(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const letter = name === 'export' ? 'x' : 'r';
  const o = parseOptions(args, name === 'export' ? 'fnp' : 'aAfp');
  const usage = name === 'export' ? '[-fn] [name[=value] ...] or export -p' : '[-aAf] [name[=value] ...] or readonly -p';
  if (o.bad) return yield* invalidOption(sh, name, o.bad, usage);
  if (o.flags.has('f')) {
    let status = 0;
    for (const n of o.rest) {
      const f = sh.functions.get(n);
      if (!f) {
        yield* builtinError(sh, name, `${n}: not a function`);
        status = 1;
      } else sh.functions.set(n, { ...f, exported: name === 'export' && !o.flags.has('n') });
    }
    return status;
  }
  if (o.rest.length === 0) {
    const wanted = sh.vars.names().filter((n) => attributeLetters(sh.vars.raw(n)!).includes(letter));
    for (const n of wanted)
      yield* output(
        sh,
        name,
        sh.isBash ? `${declaration(n, sh.vars.raw(n)!)}\n` : `${name} ${n}='${(sh.vars.get(n) ?? '').replaceAll("'", `'"'"'`)}'\n`,
      );
    return 0;
  }
  const on = new Set(o.flags.has('n') ? [] : [letter, ...(['a', 'A'] as const).filter((c) => o.flags.has(c))]);
  const off = new Set(o.flags.has('n') ? ['x'] : []);
  const offset = args.length - o.rest.length;
  let status = 0;
  for (let i = 0; i < o.rest.length; i++) {
    if (!sh.isBash && !/^[A-Za-z_]\w*(=|$)/.test(o.rest[i])) {
      throw new ShellError(`${name}: ${o.rest[i].split('=')[0]}: bad variable name`, { fatal: true, status: 2 });
    }
    if (!(yield* one(sh, name, o.rest[i], sh.arrayArguments.get(i + offset), { on, off }, { local: false, global: true, inherit: false })))
      status = 1;
  }
  return status;
}

function* unset(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'fvn');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-f] [-v] [-n] [name ...]');
  let status = 0;
  for (const arg of o.rest) {
    if (o.flags.has('f')) {
      sh.functions.delete(arg);
      continue;
    }
    const match = /^([A-Za-z_]\w*)(?:\[(.*)\])?$/s.exec(arg);
    if (!match) {
      // Without -v the word may be a function's name; that there is none is no error.
      if (sh.functions.delete(arg) || (sh.isBash && !o.flags.has('v'))) continue;
      yield* builtinError(sh, name, `\`${arg}': not a valid identifier`);
      status = 1;
      continue;
    }
    try {
      const target = o.flags.has('n') ? match[1] : sh.vars.resolve(match[1]);
      const open = target.indexOf('[');
      if (match[2] !== undefined) {
        const v = sh.vars.find(match[1]);
        if (v && !v.array && !v.assoc && match[2] !== '0') {
          yield* builtinError(sh, name, `${match[1]}: not an array variable`);
          status = 1;
        } else sh.vars.unsetElement(match[1], v?.assoc ? yield* sh.interpreter.expandWord(sh, match[2]) : match[2]);
      } else if (open > 0) sh.vars.unsetElement(target.slice(0, open), target.slice(open + 1, -1));
      else if (!sh.vars.unset(target) && !o.flags.has('v')) sh.functions.delete(arg);
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      yield* builtinError(sh, name, error.message);
      // unset is a special builtin: its failure ends a shell that is not interactive.
      if (error.fatal && !sh.interactive) throw new ExitSignal(error.status);
      status = error.status;
    }
  }
  return status;
}

export const builtins: readonly Builtin[] = [
  { name: 'declare', bashOnly: true, declaration: true, usage: USAGE, summary: 'Set values and attributes of variables.', run: declare },
  {
    name: 'typeset',
    bashOnly: true,
    declaration: true,
    usage: USAGE.replace('declare -p', 'typeset -p'),
    summary: 'Set values and attributes of variables.',
    run: declare,
  },
  { name: 'local', declaration: true, usage: '[option] name[=value] ...', summary: 'Make variables local to the function.', run: declare },
  {
    name: 'export',
    special: true,
    declaration: true,
    usage: '[-fn] [name[=value] ...] or export -p',
    summary: 'Give variables to child processes.',
    run: exportOrReadonly,
  },
  {
    name: 'readonly',
    special: true,
    declaration: true,
    usage: '[-aAf] [name[=value] ...] or readonly -p',
    summary: 'Make variables unchangeable.',
    run: exportOrReadonly,
  },
  { name: 'unset', special: true, usage: '[-f] [-v] [-n] [name ...]', summary: 'Forget variables and functions.', run: unset },
];
