/** $(subst ...), $(wildcard ...) and the other functions of makefiles. */
import type { Sim } from '../../../kernel/sim.ts';
import { MakeError, type Place, replaced, stemOf, type Variable, wordsOf } from './syntax.ts';

/** The variables, as functions see them. */
export interface FunctionVariables {
  readonly place: Place | undefined;
  get(name: string): Variable | undefined;
  within<T>(variables: Iterable<readonly [string, string]>, body: () => Sim<T>): Sim<T>;
}

/** What functions need of the make that runs. */
export interface FunctionHost {
  readonly variables: FunctionVariables;
  expand(text: string): Sim<string>;
  /** What a command prints, its newlines as blanks. */
  shell(command: string): Sim<string>;
  /** Paths that a pattern leads to, sorted. */
  wildcard(pattern: string): Sim<readonly string[]>;
  /** The whole path of a name; `real`: without links, undefined if there is none. */
  path(name: string, real: boolean): Sim<string | undefined>;
  /** Reads text as a piece of makefile. */
  evaluate(text: string): Sim<void>;
  print(text: string): Sim<void>;
  warn(text: string): Sim<void>;
}

/** How many arguments each takes at most; more commas belong to the last. */
const ARITY: Readonly<Record<string, number>> = {
  subst: 3,
  patsubst: 3,
  strip: 1,
  findstring: 2,
  filter: 2,
  'filter-out': 2,
  sort: 1,
  word: 2,
  words: 1,
  wordlist: 3,
  firstword: 1,
  lastword: 1,
  dir: 1,
  notdir: 1,
  suffix: 1,
  basename: 1,
  addsuffix: 2,
  addprefix: 2,
  join: 2,
  wildcard: 1,
  realpath: 1,
  abspath: 1,
  if: 3,
  or: 99,
  and: 99,
  foreach: 3,
  call: 99,
  value: 1,
  eval: 1,
  origin: 1,
  flavor: 1,
  shell: 1,
  error: 1,
  warning: 1,
  info: 1,
};

export const isFunction = (name: string): boolean => Object.hasOwn(ARITY, name);

function split(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let i = 0; i < text.length && parts.length < most - 1; i++) {
    if ('({'.includes(text[i])) depth++;
    else if (')}'.includes(text[i])) depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(begin, i));
      begin = i + 1;
    }
  }
  return [...parts, text.slice(begin)];
}

const folder = (word: string) => (word.includes('/') ? word.slice(0, word.lastIndexOf('/') + 1) : './');
const lastPart = (word: string) => word.slice(word.lastIndexOf('/') + 1);
const suffix = (word: string) => /\.[^./]*$/.exec(word)?.[0] ?? '';

/** The value of a function call; `text` is not yet expanded. */
export function* callFunction(name: string, text: string, host: FunctionHost): Sim<string> {
  const raw = split(text, ARITY[name]);
  switch (name) {
    case 'if':
      if ((yield* host.expand(raw[0].trim())) !== '') return yield* host.expand(raw[1] ?? '');
      return yield* host.expand(raw[2] ?? '');
    case 'or':
    case 'and': {
      let value = '';
      for (const part of raw) {
        value = yield* host.expand(part.trim());
        if ((value !== '') === (name === 'or')) break;
      }
      return value;
    }
    case 'foreach': {
      const variable = (yield* host.expand(raw[0])).trim();
      const out: string[] = [];
      for (const word of wordsOf(yield* host.expand(raw[1] ?? '')))
        out.push(yield* host.variables.within([[variable, word]], () => host.expand(raw[2] ?? '')));
      return out.join(' ');
    }
  }
  const args: string[] = [];
  for (const part of raw) args.push(yield* host.expand(part));
  switch (name) {
    case 'wildcard': {
      const found: string[] = [];
      for (const pattern of wordsOf(args[0])) found.push(...(yield* host.wildcard(pattern)));
      return found.join(' ');
    }
    case 'realpath':
    case 'abspath': {
      const paths: (string | undefined)[] = [];
      for (const word of wordsOf(args[0])) paths.push(yield* host.path(word, name === 'realpath'));
      return paths.filter((path) => path !== undefined).join(' ');
    }
    case 'shell':
      return yield* host.shell(args[0]);
    case 'eval':
      yield* host.evaluate(args[0]);
      return '';
    case 'call': {
      const called = args[0].trim();
      if (isFunction(called)) return yield* callFunction(called, args.slice(1).join(','), host);
      const value = host.variables.get(called)?.value ?? '';
      const numbered = [['0', called] as const];
      const more = args.slice(1).map((arg, i) => [String(i + 1), arg] as const);
      return yield* host.variables.within([...numbered, ...more], () => host.expand(value));
    }
    case 'value':
      return host.variables.get(args[0].trim())?.value ?? '';
    case 'origin':
      return host.variables.get(args[0].trim())?.origin ?? 'undefined';
    case 'flavor': {
      const variable = host.variables.get(args[0].trim());
      return variable ? (variable.recursive ? 'recursive' : 'simple') : 'undefined';
    }
    case 'error':
      throw new MakeError(args[0], host.variables.place);
    case 'warning': {
      const { place } = host.variables;
      yield* host.warn(place ? `${place.file}:${place.line}: ${args[0]}` : args[0]);
      return '';
    }
    case 'info':
      yield* host.print(`${args[0]}\n`);
      return '';
  }
  return textFunction(name, args, host);
}

/** Those that only look at words. */
function textFunction(name: string, args: readonly string[], host: FunctionHost): string {
  const number = (at: number): number => {
    if (!/^\s*\d+\s*$/.test(args[at] ?? ''))
      throw new MakeError(`non-numeric ${at === 0 ? 'first' : 'second'} argument to '${name}' function`, host.variables.place);
    return Number(args[at]);
  };
  const last = wordsOf(args.at(-1) ?? '');
  const fits = (word: string) => wordsOf(args[0]).some((pattern) => stemOf(pattern, word) !== undefined);
  switch (name) {
    case 'subst':
      return args[0] === '' ? `${args[2] ?? ''}${args[1] ?? ''}` : (args[2] ?? '').replaceAll(args[0], () => args[1] ?? '');
    case 'patsubst':
      return last.map((word) => replaced(args[0].trim(), args[1]?.trim() ?? '', word)).join(' ');
    case 'strip':
      return last.join(' ');
    case 'findstring':
      return (args[1] ?? '').includes(args[0]) ? args[0] : '';
    case 'filter':
      return last.filter(fits).join(' ');
    case 'filter-out':
      return last.filter((word) => !fits(word)).join(' ');
    case 'sort':
      return [...new Set(last)].sort().join(' ');
    case 'word':
      return last[number(0) - 1] ?? '';
    case 'words':
      return String(last.length);
    case 'wordlist':
      return last.slice(number(0) - 1, number(1)).join(' ');
    case 'firstword':
      return last[0] ?? '';
    case 'lastword':
      return last.at(-1) ?? '';
    case 'dir':
      return last.map(folder).join(' ');
    case 'notdir':
      return last.map(lastPart).join(' ');
    case 'suffix':
      return last
        .map(suffix)
        .filter((word) => word !== '')
        .join(' ');
    case 'basename':
      return last.map((word) => word.slice(0, word.length - suffix(word).length)).join(' ');
    case 'addsuffix':
      return last.map((word) => word + args[0]).join(' ');
    case 'addprefix':
      return last.map((word) => args[0] + word).join(' ');
  }
  const left = wordsOf(args[0]);
  return Array.from({ length: Math.max(left.length, last.length) }, (_, i) => (left[i] ?? '') + (last[i] ?? '')).join(' ');
}
