/** `docker __complete`: cobra's protocol for the completion of the shell. */
import type { Sim } from '../../../kernel/sim.ts';
import { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { Flags } from '../flags/flags.ts';
import { FlagError, parseFlags } from '../flags/parse.ts';
import { flagHelp, shortHelp, texts } from '../help/page.ts';
import type { CommandNode, FlagSpec } from '../tree.ts';
import { interspersed, root } from '../tree.ts';
import { argumentsOf } from './arguments.ts';
import { type Candidate, DIRECTORIES, ERROR, FILES, NO_FILES, NO_SPACE, type Offer } from './candidates.ts';
import { valuesOf } from './values.ts';

const DIRECTIVE_NAMES: Readonly<Record<number, string>> = {
  [FILES]: 'Default',
  [ERROR]: 'Error',
  [NO_SPACE]: 'NoSpace',
  [NO_FILES]: 'NoFileComp',
  [DIRECTORIES]: 'FilterDirs',
};

/** Writes the candidates for the last word, then ':' and what the shell is to do. */
export function* complete(words: readonly string[], describe: boolean): Sim<number> {
  if (words.length === 0) throw new CliError('requires at least 1 arg(s), only received 0');
  const line = read(words.slice(0, -1));
  const cli = yield* Cli.create(line.global);
  const { list, directive } = line.broken ? { list: [], directive: FILES } : yield* offer(cli, line, words.at(-1)!);
  for (const { text, about } of list) yield* cli.out(`${text}${describe && about ? `\t${about}` : ''}\n`);
  yield* cli.out(`:${directive}\n`);
  yield* cli.err(`Completion ended with directive: ShellCompDirective${DIRECTIVE_NAMES[directive]}\n`);
  yield* cli.close();
  return 0;
}

/** The words before the one that is completed. */
interface Line {
  readonly node: CommandNode;
  readonly global: Flags;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** The flag whose value comes next. */
  readonly pending: FlagSpec | undefined;
  /** Flags end here: after '--' or, where they must come first, after an argument. */
  readonly closed: boolean;
  /** It has flags that do not exist. */
  readonly broken: boolean;
}

function read(words: readonly string[]): Line {
  let node = root;
  let pending: FlagSpec | undefined;
  let closed = false;
  const args: string[] = [];
  const flagWords: string[] = [];
  const rootWords: string[] = [];
  for (const word of words) {
    const mine = node === root ? rootWords : flagWords;
    if (pending) {
      mine.push(word);
      pending = undefined;
    } else if (!closed && word === '--') closed = true;
    else if (!closed && word.startsWith('-') && word !== '-') {
      mine.push(word);
      pending = wantsValue(node, word);
    } else if (args.length === 0 && !closed && node.children.has(word)) node = node.children.get(word)!;
    else {
      args.push(word);
      closed ||= node.children.size === 0 && !interspersed(node);
    }
  }
  const [flags, global] = [tryFlags(node, flagWords, pending), tryFlags(root, rootWords, pending)];
  return {
    node,
    global: global ?? new Flags(root.flags),
    flags: flags ?? new Flags(node.flags),
    args,
    pending,
    closed,
    broken: !flags || !global,
  };
}

/** The flag of which the next word is the value. */
function wantsValue(node: CommandNode, word: string): FlagSpec | undefined {
  if (word.includes('=')) return undefined;
  if (word.startsWith('--')) return node.flags.find((f) => f.long === word.slice(2) && f.type !== 'bool');
  for (let i = 1; i < word.length; i++) {
    const spec = node.flags.find((f) => f.short === word[i]);
    if (!spec || spec.type === 'bool') continue;
    return i === word.length - 1 ? spec : undefined;
  }
  return undefined;
}

/** Undefined if they cannot be read. A flag that waits for its value is left out. */
function tryFlags(node: CommandNode, words: readonly string[], pending: FlagSpec | undefined): Flags | undefined {
  const last = words.at(-1);
  const complete = pending && last !== undefined && wantsValue(node, last) === pending ? words.slice(0, -1) : words;
  try {
    return parseFlags(node.flags, complete, true).flags;
  } catch (error) {
    if (error instanceof FlagError) return undefined;
    throw error;
  }
}

function* offer(cli: Cli, line: Line, typed: string): Sim<Offer> {
  const { node, pending, closed } = line;
  if (pending) return yield* valuesOf(cli, node, pending);
  if (!closed && typed.startsWith('-')) {
    const at = typed.indexOf('=');
    if (at < 0) return yield* flagNames(node, typed);
    const spec = node.flags.find((f) => `--${f.long}` === typed.slice(0, at));
    return spec ? yield* valuesOf(cli, node, spec) : { list: [], directive: FILES };
  }
  if (node.children.size > 0) return line.args.length > 0 ? { list: [], directive: FILES } : yield* subcommands(node, typed);
  return yield* argumentsOf(cli, node, line.args, line.flags.spec('force') !== undefined && line.flags.bool('force'));
}

function* subcommands(node: CommandNode, typed: string): Sim<Offer> {
  const help = yield* texts();
  const shown = [...new Set(node.children.values())].filter((c) => (!c.hidden || c.path === 'help') && c.name.startsWith(typed));
  return { list: shown.map((c) => ({ text: c.name, about: shortHelp(help, c) })).sort(byText), directive: NO_FILES };
}

function* flagNames(node: CommandNode, typed: string): Sim<Offer> {
  const help = yield* texts();
  const listed = node.flags.filter((f) => !f.hidden && (f.long !== 'help' || node.flags.some((other) => other.short === 'h')));
  const list = [...listed]
    .sort((a, b) => (a.long < b.long ? -1 : 1))
    .flatMap((f): Candidate[] => {
      const about = flagHelp(help, node, f).split('\n')[0];
      return [{ text: `--${f.long}`, about }, ...(f.short === '' ? [] : [{ text: `-${f.short}`, about }])];
    });
  return { list: list.filter((c) => c.text.startsWith(typed)), directive: NO_FILES };
}

function byText(a: Candidate, b: Candidate): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}
