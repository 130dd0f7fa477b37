/** From the command line to a command: global flags, finding the command, usage errors, exit status. */
import { signalNumber } from '../../kernel/process/signals.ts';
import type { Sim } from '../../kernel/sim.ts';
import { exit, run, sigaction, write } from '../../kernel/syscalls.ts';
import { CLIENT_VERSION, Cli, GIT_COMMIT } from './cli.ts';
import { complete } from './completion/complete.ts';
import { CliError } from './errors.ts';
import { Flags } from './flags/flags.ts';
import { FlagError, parseFlags } from './flags/parse.ts';
import { checkPemFiles } from './flags/pemFiles.ts';
import { helpPage } from './help/page.ts';
import { findPlugin, listPlugins } from './plugins.ts';
import { findCommand } from './registry.ts';
import { checkSupported } from './support.ts';
import type { CommandNode } from './tree.ts';
import { argumentCount, commandPath, interspersed, root, useLine } from './tree.ts';

const LOG_LEVELS = new Set(['', 'panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']);

/** What the client leaves to the plugin buildx. */
const BUILDS: ReadonlySet<string> = new Set(['build', 'image build', 'builder build']);

/** Runs `docker argv...`; answers with the exit status. */
export function* dockerMain(argv: readonly string[]): Sim<number> {
  yield* sigaction('SIGPIPE', 'ignore');
  // It ends on its own account, with the status that a shell gives to who was killed: no shell says anything of it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) yield* sigaction(signal, () => exit(128 + signalNumber(signal)));
  try {
    return (yield* dispatch(argv)) ?? 0;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (error.message !== '') yield* write(2, `${error.message}\n`);
    return error.exitCode;
  }
}

interface Found {
  readonly node: CommandNode;
  readonly rest: readonly string[];
  readonly global: Flags;
}

function* dispatch(argv: readonly string[]): Sim<number | void> {
  if (argv[0] === '__complete' || argv[0] === '__completeNoDesc') return yield* complete(argv.slice(1), argv[0] === '__complete');
  const { node, rest, global } = find(argv);
  const cli = yield* Cli.create(global);
  if (node.children.size > 0) return yield* group(cli, node, rest);

  const command = findCommand(node.implementation);
  const notSimulated = new CliError(`drydock: "${commandPath(node)}" is not simulated yet`);
  // Their flags are buildx's, of which nothing is here: to call one unknown would be a lie.
  if (!command && BUILDS.has(node.path) && rest.some((word) => word.startsWith('-') && word !== '--help')) throw notSimulated;
  const { flags, args, notes } = withUsage(node, () => parseFlags(node.flags, rest, interspersed(node)));
  try {
    yield* checkPemFiles(flags);
  } catch (error) {
    throw usageError(node, error);
  }
  for (const note of notes) yield* cli.out(`${note}\n`);
  if (flags.bool('help')) return yield* cli.out(yield* page(cli, node));
  checkLogLevel(global);
  if (node.path === 'help') return yield* helpFor(cli, args);
  cli.checkGlobal();
  checkCount(node, args);
  yield* checkSupported(cli, node, flags);
  if (!command) throw notSimulated;
  try {
    return yield* command.run({ cli, flags, args, node });
  } finally {
    yield* cli.close();
  }
}

/** Walks down the tree. Flags before the command belong to the node at which they stand. */
function find(argv: readonly string[]): Found {
  let node = root;
  let rest = argv;
  let global = new Flags(root.flags);
  for (;;) {
    const here = node;
    if (here.children.size === 0) return { node: here, rest, global };
    const leading = leadingFlags(here, rest);
    if (here === root && leading.length > 0) global = withUsage(here, () => parseFlags(here.flags, leading, true)).flags;
    else if (leading.length > 0 && rest.length > leading.length) withUsage(here, () => parseFlags(here.flags, leading, true));
    // After '--' nothing is a command of a group.
    if (here !== root && leading.at(-1) === '--') return { node: here, rest, global };
    const next = here.children.get(rest[leading.length] ?? '');
    if (!next) return { node: here, rest: here === root ? rest.slice(leading.length) : rest, global };
    node = next;
    rest = rest.slice(leading.length + 1);
  }
}

/** The words before the first argument. */
function leadingFlags(node: CommandNode, argv: readonly string[]): readonly string[] {
  let count = 0;
  while (count < argv.length) {
    const word = argv[count];
    if (!word.startsWith('-') || word === '-') break;
    count++;
    if (word === '--') break;
    if (word.includes('=')) continue;
    const spec = word.startsWith('--')
      ? node.flags.find((f) => f.long === word.slice(2))
      : node.flags.find((f) => f.short === word.slice(-1) && f.short !== '');
    const attached = !word.startsWith('--') && word.length > 2 && node.flags.some((f) => f.short === word[1] && f.type !== 'bool');
    if (spec && spec.type !== 'bool' && !attached && count < argv.length) count++;
  }
  return argv.slice(0, count);
}

/** docker itself, or a noun without a verb: its help, or what is wrong. */
function* group(cli: Cli, node: CommandNode, rest: readonly string[]): Sim<number | void> {
  const { flags, args, notes } =
    node === root ? { flags: cli.global, args: rest, notes: [] } : withUsage(node, () => parseFlags(node.flags, rest, true));
  for (const note of notes) yield* cli.out(`${note}\n`);
  if (flags.bool('help')) return yield* cli.out(yield* page(cli, node));
  if (node === root) {
    if (flags.bool('version')) return yield* cli.out(`Docker version ${CLIENT_VERSION}, build ${GIT_COMMIT}\n`);
    checkLogLevel(flags);
  }
  if (node.path === 'completion') return yield* cli.out(yield* page(cli, node));
  if (args.length === 0) return yield* cli.err(yield* page(cli, node));
  const path = commandPath(node);
  if (node === root) {
    const plugin = yield* findPlugin(cli, args[0]);
    if (plugin) return yield* run({ path: plugin, argv: [plugin, ...args], env: cli.env });
    throw new CliError(`docker: unknown command: docker ${args[0]}\n\nRun 'docker --help' for more information`);
  }
  throw new CliError(
    `docker: unknown command: ${path} ${args[0]}\n\nUsage:  ${useLine(node)}\n\nRun '${path} --help' for more information`,
  );
}

/** `docker help COMMAND`. */
function* helpFor(cli: Cli, words: readonly string[]): Sim<void> {
  let node = root;
  for (const [i, word] of words.entries()) {
    const next = node.children.get(word);
    if (!next) throw new CliError(`unknown help topic: ${words.slice(i).join(' ')}`);
    node = next;
  }
  yield* cli.out(yield* page(cli, node));
}

function* page(cli: Cli, node: CommandNode): Sim<string> {
  return yield* helpPage(cli, node, node === root ? yield* listPlugins(cli) : []);
}

/** Flag errors end with the usage of the command. */
function withUsage<T>(node: CommandNode, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw usageError(node, error);
  }
}

function usageError(node: CommandNode, error: unknown): unknown {
  if (!(error instanceof FlagError)) return error;
  return new CliError(`${error.message}\n\nUsage:  ${useLine(node)}\n\nRun '${commandPath(node)} --help' for more information`, 125);
}

function checkLogLevel(global: Flags): void {
  const level = global.string('log-level');
  if (!LOG_LEVELS.has(level.toLowerCase())) throw new CliError(`Unable to parse logging level: ${level}`);
}

/** Commands that leave the counting to cobra. */
const COBRA_COUNT = new Set(['context use']);

/** The words of docker's argument checks, slips included. */
function checkCount(node: CommandNode, args: readonly string[]): void {
  const count = args.length;
  const { min, max } = argumentCount(node);
  if (count >= min && count <= max) return;
  const path = commandPath(node);
  if (node.parent?.path === 'completion') throw new CliError(`unknown command "${args[0]}" for "${path}"`);
  if (COBRA_COUNT.has(node.path)) throw new CliError(`accepts ${max} arg(s), received ${count}`);
  const argument = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`;
  let wrong: string;
  let hint = 'Run';
  if (max === 0) wrong = 'accepts no arguments';
  else if (min === max) wrong = `requires ${argument(min)}`;
  else if (max === Number.POSITIVE_INFINITY) {
    wrong = `requires at least ${argument(min)}`;
    hint = 'See';
  } else if (min === 0) {
    wrong = `requires at most ${argument(max)}`;
    hint = 'SRun';
  } else wrong = `requires at least ${min} and at most ${argument(max)}`;
  throw new CliError(`docker: '${path}' ${wrong}\n\nUsage:  ${useLine(node)}\n\n${hint} '${path} --help' for more information`);
}
