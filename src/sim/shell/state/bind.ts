import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { arithmeticScope } from '../expand/scope.ts';
import { headText } from '../syntax/deparse.ts';
import { callStack } from './callStack.ts';
import type { RunningCommand, Shell } from './shell.ts';
import type { Variable } from './variables.ts';

/** Variables that are computed when read. They lose that when unset, as in bash. */
function computed(sh: Shell): readonly (readonly [string, Variable])[] {
  const array = (values: () => readonly (string | number)[]): Variable => {
    const v: Variable = { value: undefined };
    const get = (): Map<number, string> => new Map(values().map((x, i) => [i, String(x)]));
    // Assignments have no effect.
    Object.defineProperty(v, 'array', { get, set: () => {}, enumerable: true });
    return v;
  };
  const table = (get: () => Map<string, string>): Variable => {
    const v: Variable = { value: undefined };
    const set = (fresh: ReadonlyMap<string, string>): void => {
      const live = get();
      live.clear();
      for (const [key, value] of fresh) live.set(key, value);
    };
    Object.defineProperty(v, 'assoc', { get, set, enumerable: true });
    return v;
  };
  const calls = (): readonly (readonly string[])[] => [...sh.frames.map((f) => f.args ?? []).reverse(), sh.startArguments];
  // Outside of functions FUNCNAME has no value, though a sourced file is on the stack.
  const inFunction = (): boolean => sh.frames.some((f) => f.kind === 'function');
  return [
    [
      'RANDOM',
      {
        value: '',
        integer: true,
        get: () => String(sh.random()),
        set: (text) => void (sh.randomState = Number(BigInt.asUintN(31, /^-?\d+$/.test(text) ? BigInt(text) : 0n))),
      },
    ],
    ['SRANDOM', { value: '', get: () => String(sh.random() * 131071 + sh.random()) }],
    [
      'SECONDS',
      {
        value: '',
        get: () => String(Math.floor((sh.clock - sh.startedAt) / 1_000_000)),
        set: (text) => void (sh.startedAt = sh.clock - (Number(text) || 0) * 1_000_000),
      },
    ],
    ['EPOCHSECONDS', { value: '', get: () => String(Math.floor(sh.wallClock / 1_000_000)) }],
    ['EPOCHREALTIME', { value: '', get: () => (sh.wallClock / 1_000_000).toFixed(6) }],
    ['LINENO', { value: '', get: () => String(sh.dialect === 'ash' && sh.commandString ? sh.line - 1 : sh.line), set: () => {} }],
    ['BASHPID', { value: '', integer: true, get: () => String(sh.ownPid), set: () => {} }],
    ['BASH_SUBSHELL', { value: '', get: () => String(sh.subshell), set: () => {} }],
    ['BASH_COMMAND', { value: '', get: () => (sh.command ? runningText(sh.command) : '') }],
    ['BASH_ARGV0', { value: '', get: () => sh.argv0, set: (text) => void (sh.argv0 = text) }],
    ['HISTCMD', { value: '', integer: true, get: () => String(sh.history?.next ?? 1) }],
    ['SHELLOPTS', { value: '', seen: true, readonly: true, get: () => sh.options.shellopts }],
    ['BASHOPTS', { value: '', seen: true, readonly: true, get: () => sh.options.bashopts }],
    ['PIPESTATUS', array(() => sh.pipeStatus)],
    ['FUNCNAME', array(() => (inFunction() ? callStack(sh).map((e) => e.name) : []))],
    ['BASH_SOURCE', array(() => callStack(sh).map((e) => e.source))],
    ['BASH_LINENO', array(() => callStack(sh).map((e) => e.line))],
    ['BASH_ALIASES', table(() => sh.aliases)],
    ['BASH_CMDS', table(() => new CommandPaths(sh.hashed))],
    ['BASH_ARGC', array(() => (sh.frames.every((f) => f.args) ? calls() : [sh.startArguments]).map((args) => args.length))],
    ['BASH_ARGV', array(() => calls().flatMap((args) => [...args].reverse()))],
    ['DIRSTACK', array(() => [sh.vars.get('PWD') ?? sh.cwd, ...sh.directoryStack])],
  ];
}

/** The computed ones that ash has too. */
const IN_ASH = new Set(['RANDOM', 'EPOCHSECONDS', 'EPOCHREALTIME', 'LINENO']);
/** The table of `hash` as BASH_CMDS shows it: what is put in is remembered. */
class CommandPaths extends Map<string, string> {
  readonly #hashed: Shell['hashed'];

  constructor(hashed: Shell['hashed']) {
    super();
    for (const [name, { path }] of hashed) super.set(name, path);
    this.#hashed = hashed;
  }

  override set(name: string, path: string): this {
    this.#hashed?.set(name, { path, hits: 0 });
    return super.set(name, path);
  }

  override delete(name: string): boolean {
    this.#hashed.delete(name);
    return super.delete(name);
  }

  override clear(): void {
    this.#hashed.clear();
    super.clear();
  }
}

function runningText(command: RunningCommand): string {
  return command.part ?? headText(command.source.text, command.node);
}

/** Ties variables to one copy of the shell. Done for each subshell, since what is computed is computed from it. */
export function bind(sh: Shell): void {
  const first = sh.vars.raw('PATH') === undefined && sh.vars.names().length === 0;
  if (sh.dialect !== 'dash')
    for (const [name, v] of computed(sh)) if ((sh.isBash || IN_ASH.has(name)) && (first || sh.vars.raw(name))) sh.vars.define(name, v);
  sh.vars.posix = !sh.isBash;
  sh.vars.evaluate = (text) => evaluateArithmetic(text, arithmeticScope(sh));
  sh.vars.warn = (text) => void sh.warnings.push(text);
  sh.vars.onChange = (name) => {
    if (name === 'PATH') sh.hashed.clear();
    if (name === 'OPTIND') sh.getoptsPlace = sh.vars.get('OPTIND') === String(sh.getoptsIndex) ? sh.getoptsPlace : 0;
  };
}
