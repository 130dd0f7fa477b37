import type { Sim } from '../../../kernel/sim.ts';
import { isatty, write } from '../../../kernel/syscalls.ts';
import { Pattern } from '../../../lib/regex/pattern.ts';
import type { Tool } from '../tool.ts';

/** One run of a git command. */
export interface Git {
  readonly t: Tool;
  readonly args: readonly string[];
  /** `-c name=value` before the command. */
  readonly settings: ReadonlyMap<string, string>;
}

export type GitCommand = (git: Git) => Sim<number | void>;

/** A wrong command line: the message, then how it is used; exit status 129. */
export class UsageFailure extends Error {}

/** A line on standard error, after what was printed. */
export function* note(git: Git, text: string): Sim<void> {
  yield* git.t.out.flush();
  yield* write(2, text);
}

export function* onTerminal(): Sim<boolean> {
  return yield* isatty(1);
}

export interface Flags {
  readonly operands: readonly string[];
  /** What stood behind `--`, or undefined if there was none. */
  readonly paths: readonly string[] | undefined;
  has(name: string): boolean;
  value(name: string): string | undefined;
  all(name: string): readonly string[];
}

/**
 * Reads options. `spec` names them: `m,message:` takes a value, `stat` does not, `color?` may have one after `=`; names are known by the
 * last word before the mark (`message`). `-5` is the option `n` with that value if there is an `n`.
 */
export function readFlags(args: readonly string[], spec: string): Flags {
  const names = new Map<string, { readonly name: string; readonly kind: '' | ':' | '?' }>();
  for (const word of spec.split(' ').filter((w) => w !== '')) {
    const kind = /[:?]$/.exec(word)?.[0] ?? '';
    const aliases = word.replace(/[:?]$/, '').split(',');
    for (const alias of aliases) names.set(alias, { name: aliases[aliases.length - 1], kind: kind as '' });
  }
  const found: [string, string][] = [];
  const operands: string[] = [];
  let paths: string[] | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      paths = args.slice(i + 1);
      break;
    }
    if (arg.startsWith('--')) {
      const eq = arg.indexOf('=');
      const option = names.get(eq < 0 ? arg.slice(2) : arg.slice(2, eq));
      if (option === undefined) throw new UsageFailure(`unknown option \`${arg.slice(2)}'`);
      if (eq >= 0) found.push([option.name, arg.slice(eq + 1)]);
      else if (option.kind === ':') {
        if (i + 1 >= args.length) throw new UsageFailure(`option \`${option.name}' requires a value`);
        found.push([option.name, args[++i]]);
      } else found.push([option.name, '']);
    } else if (/^-\d+$/.test(arg) && names.has('n')) found.push([names.get('n')?.name ?? 'n', arg.slice(1)]);
    else if (arg.length > 1 && arg.startsWith('-')) {
      for (let k = 1; k < arg.length; k++) {
        const option = names.get(arg[k]);
        if (option === undefined) throw new UsageFailure(`unknown switch \`${arg[k]}'`);
        if (option.kind !== ':') found.push([option.name, '']);
        else {
          const rest = arg.slice(k + 1);
          if (rest === '' && i + 1 >= args.length) throw new UsageFailure(`switch \`${arg[k]}' requires a value`);
          found.push([option.name, rest === '' ? args[++i] : rest]);
          break;
        }
      }
    } else operands.push(arg);
  }
  return {
    operands,
    paths,
    has: (name) => found.some(([n]) => n === name),
    value: (name) => found.findLast(([n]) => n === name)?.[1],
    all: (name) => found.filter(([n]) => n === name).map(([, v]) => v),
  };
}

/** `pattern` as a path from the root of the repository: relative to where git was called. Undefined if it is outside. */
export function pathspec(prefix: string, root: string, pattern: string): string | undefined {
  const full = pattern.startsWith('/') ? pattern : `${root}/${prefix}${pattern}`;
  const parts: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = `/${parts.join('/')}`;
  if (path === root || root === '/') return path === root ? '' : path.slice(1);
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

/** Whether a path is one of the chosen: itself, below one of them, or matched by a pattern. None chosen is all. */
export function chosen(path: string, specs: readonly string[]): boolean {
  return specs.length === 0 || specs.some((spec) => spec === '' || path === spec || path.startsWith(`${spec}/`) || matches(spec, path));
}

function matches(spec: string, path: string): boolean {
  if (!/[*?[]/.test(spec)) return false;
  const source = spec
    .replace(/[\^$.+(){}|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new Pattern(`^${source}$`, 's').test(path);
}
