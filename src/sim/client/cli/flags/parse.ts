/** Command lines as spf13/pflag reads them. */
import { CliError, messageOf } from '../errors.ts';
import type { FlagSpec } from '../tree.ts';
import { Flags } from './flags.ts';

export interface Parsed {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** Notes for standard error: deprecated flags. */
  readonly notes: readonly string[];
}

/** A flag that could not be read. What the command's usage message begins with. */
export class FlagError extends CliError {
  constructor(message: string) {
    super(message, 125);
  }
}

/** Where a deprecated flag went. Others are taken without a word. */
const DEPRECATED: Readonly<Record<string, string>> = {
  time: 'use --timeout instead',
  orchestrator: 'option will be ignored',
};

/** Reads `argv`. Without `interspersed` the first argument ends the flags. Throws {@link FlagError}. */
export function parseFlags(specs: readonly FlagSpec[], argv: readonly string[], interspersed: boolean): Parsed {
  const flags = new Flags(specs);
  const args: string[] = [];
  const notes: string[] = [];
  const rest = [...argv];
  const byShort = new Map(specs.filter((s) => s.short !== '').map((s) => [s.short, s]));

  const set = (spec: FlagSpec, value: string): void => {
    try {
      flags.set(spec, value);
    } catch (error) {
      const name = spec.short === '' ? `--${spec.long}` : `-${spec.short}, --${spec.long}`;
      throw new FlagError(`invalid argument ${goQuoted(value)} for "${name}" flag: ${messageOf(error)}`);
    }
    const instead = spec.deprecated ? DEPRECATED[spec.long] : undefined;
    if (instead) notes.push(`Flag --${spec.long} has been deprecated, ${instead}`);
  };

  const long = (word: string): void => {
    const text = word.slice(2);
    if (text.startsWith('-') || text.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const spec = flags.spec(name);
    if (!spec) throw new FlagError(`unknown flag: --${name}`);
    if (at >= 0) set(spec, text.slice(at + 1));
    else if (spec.type === 'bool') set(spec, 'true');
    else if (rest.length > 0) set(spec, rest.shift()!);
    else throw new FlagError(`flag needs an argument: ${word}`);
  };

  const short = (word: string): void => {
    for (let cluster = word.slice(1); cluster !== ''; ) {
      const letter = cluster[0];
      const spec = byShort.get(letter);
      if (!spec && letter === 'h') {
        notes.push('Flag shorthand -h has been deprecated, use --help');
        set(flags.spec('help')!, 'true');
        cluster = cluster.slice(1);
        continue;
      }
      if (!spec) throw new FlagError(`unknown shorthand flag: '${letter}' in -${cluster}`);
      if (cluster.length > 2 && cluster[1] === '=') {
        set(spec, cluster.slice(2));
        return;
      }
      if (spec.type === 'bool') {
        set(spec, 'true');
        cluster = cluster.slice(1);
        continue;
      }
      if (cluster.length > 1) set(spec, cluster.slice(1));
      else if (rest.length > 0) set(spec, rest.shift()!);
      else throw new FlagError(`flag needs an argument: '${letter}' in -${cluster}`);
      return;
    }
  };

  while (rest.length > 0) {
    const word = rest.shift()!;
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      if (!interspersed) break;
    } else if (word === '--') break;
    else if (word.startsWith('--')) long(word);
    else short(word);
  }
  args.push(...rest);
  return { flags, args, notes };
}

function goQuoted(text: string): string {
  return JSON.stringify(text);
}
