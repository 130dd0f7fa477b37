/** The tree of commands: paths, aliases, usage lines and flags of docker 28.2.2, read from generated data. */
import data from './generated/commandTree.json' with { type: 'json' };

export interface FlagSpec {
  readonly long: string;
  /** '' if it has none. */
  readonly short: string;
  /** As `--help` shows it: 'bool', 'int', 'list', 'bytes', ... */
  readonly type: string;
  readonly default: unknown;
  readonly values?: readonly string[];
  readonly minApi?: string;
  readonly hidden?: boolean;
  readonly deprecated?: boolean;
  readonly osType?: string;
  readonly swarm?: string;
  readonly daemonExperimental?: boolean;
}

export interface CommandNode {
  /** Without 'docker': 'container ls', '' for docker itself. */
  readonly path: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** What follows the path, one entry per form. */
  readonly usage: readonly string[];
  readonly flags: readonly FlagSpec[];
  /** The path that implements it: `ps` is 'container ls'. */
  readonly implementation: string;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly hidden?: boolean;
  readonly minApi?: string;
  readonly swarm?: string;
  readonly osType?: string;
  /** Only with a daemon that runs its experiments. */
  readonly daemonExperimental?: boolean;
  /** An experiment of the client. */
  readonly experimentalCli: boolean;
  readonly parent: CommandNode | undefined;
  readonly children: ReadonlyMap<string, CommandNode>;
}

interface RawCommand {
  readonly path: string;
  readonly usage: readonly string[];
  readonly flags: number;
  readonly of?: string;
  readonly aliases?: readonly string[];
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly hidden?: boolean;
  readonly minApi?: string;
  readonly swarm?: string;
  readonly osType?: string;
  readonly daemonExperimental?: boolean;
  readonly experimentalCli?: boolean;
}
type RawFlag = readonly [long: string, short: string, type: string, preset?: unknown, extras?: Partial<FlagSpec> | null];

const raw = data as unknown as { readonly flagSets: readonly (readonly RawFlag[])[]; readonly commands: readonly RawCommand[] };

const HELP_FLAG: FlagSpec = { long: 'help', short: '', type: 'bool', default: false };

/** Flags that --help does not show and the data lack. */
const HIDDEN_FLAGS: Readonly<Record<string, readonly FlagSpec[]>> = {
  'volume create': [{ long: 'name', short: '', type: 'string', default: '', hidden: true }],
};

/** The same command under another noun. */
const SAME: Readonly<Record<string, string>> = { 'builder build': 'image build' };

/** What cobra adds to every program; docker lists neither of them in its help. */
const SHELLS: readonly (readonly [shell: string, usage: string])[] = [
  ['bash', ''],
  ['fish', '[flags]'],
  ['powershell', '[flags]'],
  ['zsh', '[flags]'],
];
const NO_DESCRIPTIONS: FlagSpec = { long: 'no-descriptions', short: '', type: 'bool', default: false };
const OF_COBRA: readonly (Omit<RawCommand, 'flags'> & { readonly own: readonly FlagSpec[] })[] = [
  { path: 'help', usage: ['[command]'], hidden: true, own: [] },
  { path: 'completion', usage: ['COMMAND'], hidden: true, own: [], groups: { Commands: SHELLS.map(([shell]) => shell) } },
  ...SHELLS.map(([shell, usage]) => ({ path: `completion ${shell}`, usage: [usage], own: [NO_DESCRIPTIONS] })),
];

type Mutable = Omit<CommandNode, 'children'> & { readonly children: Map<string, CommandNode> };

function build(): Mutable {
  const sets = raw.flagSets.map((set) =>
    set.map(([long, short, type, preset, extras]): FlagSpec => ({ long, short, type, default: preset ?? undefined, ...(extras ?? {}) })),
  );
  const nodes = new Map<string, Mutable>();
  const all = [...raw.commands.map((c) => ({ ...c, own: sets[c.flags] })), ...OF_COBRA];
  const sorted = all.sort((a, b) => depth(a.path) - depth(b.path));
  for (const c of sorted) {
    const words = c.path === '' ? [] : c.path.split(' ');
    const parent = words.length === 0 ? undefined : nodes.get(words.slice(0, -1).join(' '));
    const node: Mutable = {
      path: c.path,
      name: words.at(-1) ?? 'docker',
      aliases: c.aliases ?? [],
      usage: c.usage,
      flags: [...c.own, ...(HIDDEN_FLAGS[c.path] ?? []), HELP_FLAG],
      implementation: c.of ?? SAME[c.path] ?? c.path,
      groups: c.groups,
      hidden: c.hidden,
      minApi: c.minApi,
      swarm: c.swarm,
      osType: c.osType,
      daemonExperimental: c.daemonExperimental,
      experimentalCli: c.experimentalCli === true,
      parent,
      children: new Map(),
    };
    nodes.set(c.path, node);
    for (const name of [node.name, ...node.aliases]) parent?.children.set(name, node);
  }
  return nodes.get('')!;
}

function depth(path: string): number {
  return path === '' ? 0 : path.split(' ').length;
}

export const root: CommandNode = build();

/** 'docker container ls' */
export function commandPath(node: CommandNode): string {
  return node.path === '' ? 'docker' : `docker ${node.path}`;
}

export interface ArgumentCount {
  readonly min: number;
  /** Infinity if there is no limit. */
  readonly max: number;
}

/** Commands which take more than their usage line says. */
const OPEN_ENDED = new Set(['import', 'image import', 'top', 'container top', 'plugin create']);

/** How many arguments a command takes, as its usage line tells. */
export function argumentCount(node: CommandNode): ArgumentCount {
  const line = (node.usage[0] ?? '').replace(/\s\|\s/g, '|').replace(/^\[?OPTIONS\]?/, '');
  let min = 0;
  let max = 0;
  for (const token of line.match(/\[(?:[^[\]]|\[[^\]]*\])*\]|\S+/g) ?? []) {
    if (!token.startsWith('[')) min++;
    max += token.includes('...') ? Number.POSITIVE_INFINITY : 1;
  }
  return { min, max: OPEN_ENDED.has(node.path) ? Number.POSITIVE_INFINITY : max };
}

/** Flags must come before the arguments: what follows the first argument is left alone. */
const STRICT_ORDER = new Set(
  'container run,container create,container exec,container top,container commit,image tag,service create'.split(','),
);

export function interspersed(node: CommandNode): boolean {
  return !STRICT_ORDER.has(node.implementation);
}

/** How a command is called, one form a line. Further forms have the short name of the command, whichever was typed. */
export function usageForms(node: CommandNode): string {
  return node.usage.map((u, i) => [i === 0 ? commandPath(node) : `docker ${node.name}`, u].filter((w) => w !== '').join(' ')).join('\n\t');
}

/** Groups whose own usage line says COMMAND. */
const NAMES_COMMAND = new Set(['volume', 'manifest']);

/** The last line of a usage message: 'docker ps [OPTIONS]'. Further forms follow, each on its own line. */
export function useLine(node: CommandNode): string {
  if (node.path === '') return 'docker [OPTIONS] COMMAND [ARG...]';
  if (NAMES_COMMAND.has(node.path)) return `${commandPath(node)} COMMAND`;
  if (node.children.size > 0) return `${commandPath(node)}${node.flags.some((f) => f.long !== 'help') ? ' [OPTIONS]' : ''}`;
  return usageForms(node);
}
