import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readdir, readText, S_IFDIR, S_IFMT, statOrNull } from '../../kernel/syscalls.ts';
import type { CompletionSpec } from '../completion.ts';
import { builtinError, invalidOption, output } from '../exec/message.ts';
import { singleQuote } from '../expand/quote.ts';
import { SET_OPTIONS } from '../state/options.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
};
const USAGE =
  '[-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]';
const KEYWORDS = [
  '!',
  '[[',
  ']]',
  'case',
  'coproc',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'select',
  'then',
  'time',
  'until',
  'while',
  '{',
  '}',
];

/** Names of executable files in PATH. */
export function* pathCommands(sh: Shell): Sim<string[]> {
  const out = new Set<string>();
  for (const dir of (sh.vars.get('PATH') ?? '').split(':')) {
    try {
      for (const entry of yield* readdir(dir || '.')) if (entry.type !== S_IFDIR) out.add(entry.name);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }
  return [...out];
}

/** First fields of /etc/passwd or /etc/group. */
export function* accountNames(path: string): Sim<string[]> {
  try {
    return (yield* readText(path))
      .split('\n')
      .filter((l) => l.includes(':'))
      .map((l) => l.split(':')[0]);
  } catch (error) {
    if (error instanceof Errno) return [];
    throw error;
  }
}

/** Paths that begin with `word`, without marks. */
export function* pathNames(word: string, directories: boolean): Sim<string[]> {
  const slash = word.lastIndexOf('/');
  const dir = word.slice(0, slash + 1);
  const base = word.slice(slash + 1);
  const out: string[] = [];
  try {
    for (const entry of yield* readdir(dir || '.')) {
      if (!entry.name.startsWith(base) || (entry.name[0] === '.' && base[0] !== '.')) continue;
      if (directories && entry.type !== S_IFDIR) {
        const st = yield* statOrNull(dir + entry.name);
        if (!st || (st.mode & S_IFMT) !== S_IFDIR) continue;
      }
      out.push(dir + entry.name);
    }
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
  return out.sort();
}

/** Candidates of one `compgen -A` action. */
export function* actionWords(sh: Shell, action: string, word: string): Sim<string[]> {
  let list: string[] = [];
  switch (action) {
    case 'alias':
      list = [...sh.aliases.keys()];
      break;
    case 'builtin':
      list = [...sh.builtins.keys()];
      break;
    case 'function':
      list = [...sh.functions.keys()];
      break;
    case 'keyword':
      list = KEYWORDS;
      break;
    case 'command':
      list = [...sh.aliases.keys(), ...KEYWORDS, ...sh.functions.keys(), ...sh.builtins.keys(), ...(yield* pathCommands(sh))];
      break;
    case 'variable':
      list = sh.vars.names();
      break;
    case 'export':
      list = sh.vars.names().filter((n) => sh.vars.raw(n)?.exported);
      break;
    case 'arrayvar':
      list = sh.vars.names().filter((n) => sh.vars.raw(n)?.array);
      break;
    case 'job':
      list = sh.jobs.list.map((j) => j.text.split(' ')[0]);
      break;
    case 'user':
      list = yield* accountNames('/etc/passwd');
      break;
    case 'group':
      list = yield* accountNames('/etc/group');
      break;
    case 'setopt':
      list = SET_OPTIONS.map(([n]) => n);
      break;
    case 'shopt':
      list = [...sh.options.shopt.keys()];
      break;
    case 'hostname':
      list = ['localhost'];
      break;
    case 'directory':
      return yield* pathNames(word, true);
    case 'file':
      return yield* pathNames(word, false);
  }
  return [...new Set(list)].filter((n) => n.startsWith(word)).sort();
}

/** All candidates that a specification gives for `word`. */
export function* specWords(sh: Shell, spec: CompletionSpec, word: string): Sim<string[]> {
  const out: string[] = [];
  for (const action of spec.actions) out.push(...(yield* actionWords(sh, action, word)));
  if (spec.words !== undefined) {
    const text = yield* sh.interpreter.expandWord(sh, `"${spec.words.replace(/["\\]/g, '\\$&')}"`);
    out.push(...text.split(/[ \t\n]+/).filter((w) => w !== '' && w.startsWith(word)));
  }
  return out.map((w) => (spec.prefix ?? '') + w + (spec.suffix ?? ''));
}

function parse(args: readonly string[]): {
  spec: CompletionSpec;
  rest: readonly string[];
  flags: ReadonlyMap<string, string>;
  bad?: string;
} {
  const o = parseOptions(args, 'abcdefgjksuvprDEIo:A:G:W:F:C:X:P:S:');
  const actions = Object.keys(ACTIONS)
    .filter((l) => o.flags.has(l))
    .map((l) => ACTIONS[l]);
  const a = o.flags.get('A');
  if (a !== undefined) actions.push(a);
  const spec: CompletionSpec = {
    words: o.flags.get('W'),
    functionName: o.flags.get('F'),
    command: o.flags.get('C'),
    actions,
    options: o.flags.has('o') ? [o.flags.get('o')!] : [],
    prefix: o.flags.get('P'),
    suffix: o.flags.get('S'),
  };
  return { spec, rest: o.rest, flags: o.flags, bad: o.bad };
}

function show(name: string, spec: CompletionSpec): string {
  const parts = spec.options.map((o) => `-o ${o}`);
  for (const action of spec.actions) {
    const letter = Object.keys(ACTIONS).find((l) => ACTIONS[l] === action);
    parts.push(letter ? `-${letter}` : `-A ${action}`);
  }
  if (spec.words !== undefined) parts.push(`-W ${singleQuote(spec.words)}`);
  if (spec.functionName !== undefined) parts.push(`-F ${spec.functionName}`);
  return `complete ${parts.map((p) => `${p} `).join('')}${name}\n`;
}

function* complete(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const { spec, rest, flags, bad } = parse(args);
  if (bad) return yield* invalidOption(sh, name, bad, USAGE);
  if (flags.has('r')) {
    if (rest.length === 0) sh.completions.clear();
    for (const n of rest) sh.completions.delete(n);
    return 0;
  }
  if (flags.has('p') || args.length === 0) {
    let status = 0;
    for (const n of rest.length > 0 ? rest : sh.completions.keys()) {
      const known = sh.completions.get(n);
      if (known) yield* output(sh, name, show(n, known));
      else {
        yield* builtinError(sh, name, `${n}: no completion specification`);
        status = 1;
      }
    }
    return status;
  }
  for (const n of rest) sh.completions.set(n, spec);
  return 0;
}

function* compgen(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const { spec, rest, bad } = parse(args);
  if (bad)
    return yield* invalidOption(
      sh,
      name,
      bad,
      '[-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]',
    );
  const list = yield* specWords(sh, spec, rest[0] ?? '');
  yield* output(sh, name, list.map((w) => `${w}\n`).join(''));
  return list.length > 0 ? 0 : 1;
}

function* compopt(): Sim<number> {
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'complete', bashOnly: true, usage: USAGE, summary: 'Say how the arguments of a command are completed.', run: complete },
  {
    name: 'compgen',
    bashOnly: true,
    usage: '[-abcdefgjksuv] [-o option] [-A action] [-W wordlist] [word]',
    summary: 'Show the candidates for a word.',
    run: compgen,
  },
  { name: 'compopt', bashOnly: true, usage: '[-o|+o option] [-DEI] [name ...]', summary: 'Change how a completion behaves.', run: compopt },
];
