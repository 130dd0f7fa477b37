import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { busyboxSpec } from './busyboxOptions.ts';
import { busyboxUsage } from './busyboxUsage.ts';
import { Done, UsageError } from './failure.ts';
import type { OptionSpec } from './optionSpec.ts';
import type { Tool } from './tool.ts';

export type { OptionSpec };

export interface ParsedOptions {
  readonly options: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  has(key: string): boolean;
  /** The last value given, or undefined. */
  value(key: string): string | undefined;
}

class Parsed implements ParsedOptions {
  readonly options: [string, string][] = [];
  readonly operands: string[] = [];

  has(key: string): boolean {
    return this.options.some((o) => o[0] === key);
  }

  value(key: string): string | undefined {
    for (let i = this.options.length - 1; i >= 0; i--) if (this.options[i][0] === key) return this.options[i][1];
    return undefined;
  }
}

function shortKind(spec: string, letter: string): 0 | 1 | 2 | undefined {
  if (letter === ':' || letter === '+') return undefined;
  const at = spec.indexOf(letter);
  if (at < 0) return undefined;
  return spec[at + 1] !== ':' ? 0 : spec[at + 2] === ':' ? 2 : 1;
}

function findLong(long: Readonly<Record<string, string>>, name: string): readonly [name: string, key: string, kind: 0 | 1 | 2] {
  const split = (n: string, k: string): readonly [string, string, 0 | 1 | 2] =>
    k.endsWith('::') ? [n, k.slice(0, -2), 2] : k.endsWith(':') ? [n, k.slice(0, -1), 1] : [n, k, 0];
  if (Object.hasOwn(long, name)) return split(name, long[name]);
  const matches = Object.keys(long).filter((n) => n.startsWith(name));
  if (matches.length === 0) throw new UsageError(`unrecognized option '--${name}'`);
  if (matches.length > 1 && new Set(matches.map((n) => long[n])).size > 1) {
    throw new UsageError(`option '--${name}' is ambiguous; possibilities: ${matches.map((n) => `'--${n}'`).join(' ')}`);
  }
  return split(matches[0], long[matches[0]]);
}

/** Reads options as getopt_long(3) does, with its messages. */
export function parseArguments(args: readonly string[], spec: OptionSpec): ParsedOptions {
  const parsed = new Parsed();
  const long: Record<string, string> = { ...spec.long, help: '--help', version: '--version' };
  const inOrder = spec.short.startsWith('+');
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      parsed.operands.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const eq = arg.indexOf('=');
      const [name, key, kind] = findLong(long, eq < 0 ? arg.slice(2) : arg.slice(2, eq));
      if (kind === 0) {
        if (eq >= 0) throw new UsageError(`option '--${name}' doesn't allow an argument`);
        parsed.options.push([key, '']);
      } else if (eq >= 0) parsed.options.push([key, arg.slice(eq + 1)]);
      else if (kind === 2) parsed.options.push([key, '']);
      else if (i + 1 < args.length) parsed.options.push([key, args[++i]]);
      else throw new UsageError(`option '--${name}' requires an argument`);
      continue;
    }
    if (arg.length > 1 && arg[0] === '-') {
      for (let k = 1; k < arg.length; k++) {
        const letter = arg[k];
        const kind = shortKind(spec.short, letter);
        if (kind === undefined) throw new UsageError(`invalid option -- '${letter}'`);
        if (kind === 0) {
          parsed.options.push([letter, '']);
          continue;
        }
        if (k + 1 < arg.length) parsed.options.push([letter, arg.slice(k + 1)]);
        else if (kind === 2) parsed.options.push([letter, '']);
        else if (i + 1 < args.length) parsed.options.push([letter, args[++i]]);
        else throw new UsageError(`option requires an argument -- '${letter}'`);
        break;
      }
      continue;
    }
    if (inOrder) {
      parsed.operands.push(...args.slice(i));
      break;
    }
    parsed.operands.push(arg);
  }
  return parsed;
}

const COREUTILS = 'GNU coreutils) 9.10';

function helpText(name: string, spec: OptionSpec): string {
  const [first, ...others] = spec.usage.split('\n');
  const lines = [`Usage: ${name} ${first}`, ...others.map((line) => `  or:  ${name} ${line}`)];
  return `${lines.join('\n')}\n${spec.about}\n`;
}

/** Reads the tool's arguments; `--help` and `--version` are answered here. */
export function* parseOptions(t: Tool, spec: OptionSpec, args: readonly string[] = t.args): Sim<ParsedOptions> {
  const parsed = parseArguments(args, t.busybox ? busyboxSpec(t.name, spec) : spec);
  for (const [key] of parsed.options) {
    if (key === '--help') {
      if (t.flavour !== 'gnu') {
        yield* t.out.flush();
        yield* write(2, busyboxUsage(t.name, t.flavour));
      } else yield* t.print(helpText(t.name, spec));
      throw new Done(0);
    }
    if (key === '--version') {
      if (t.busybox) throw new UsageError("unrecognized option '--version'");
      const base = t.name.slice(t.name.lastIndexOf('/') + 1);
      yield* t.print(`${base} (${spec.version ?? COREUTILS}\n`);
      throw new Done(0);
    }
  }
  return parsed;
}
