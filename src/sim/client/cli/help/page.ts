/** Help pages in the layout of docker 28. The descriptions are data of their own, fetched when they are wanted. */
import type { Sim } from '../../../kernel/sim.ts';
import { load } from '../../../kernel/sim.ts';
import { getWindowSize, isatty } from '../../../kernel/syscalls.ts';
import { fetchOnce } from '../../../lib/fetchOnce.ts';
import type { Cli } from '../cli.ts';
import type { PluginInfo } from '../plugins.ts';
import { type ServerFacts, serverFacts, unsupported } from '../support.ts';
import type { CommandNode, FlagSpec } from '../tree.ts';
import { commandPath, root, usageForms } from '../tree.ts';
import { wrapText } from './wrap.ts';

type Texts = typeof import('./texts/index.ts');

const fetchTexts = fetchOnce((): Promise<Texts> => import('./texts/index.ts'));

/** The descriptions. */
export const texts = (): Sim<Texts> => load(fetchTexts);

/** One line about a command. */
export function shortHelp(help: Texts, node: CommandNode): string {
  return help.commandText(node.implementation) ?? '';
}

/** What a flag does, on one line. */
export function flagHelp(help: Texts, node: CommandNode, flag: FlagSpec): string {
  return help.flagText(node.implementation, flag.long) ?? '';
}

const GROUP_TITLES: readonly (readonly [key: string, title: string])[] = [
  ['Common', 'Common Commands'],
  ['Management', 'Management Commands'],
  ['Swarm', 'Swarm Commands'],
  ['Commands', 'Commands'],
];
/** Names of commands are followed by at least one blank, those of docker's own width by more. */
const NAME_WIDTH = 11;
const EXPERIMENTAL = `  It may still change or go away from one release to the next, for it is tried
  out early. What that means is told at
  https://docs.docker.com/go/experimental/`;

/** The page of `docker COMMAND --help`, without what the daemon does not support. */
export function* helpPage(cli: Cli, node: CommandNode, plugins: readonly PluginInfo[] = []): Sim<string> {
  const help = yield* texts();
  const facts = yield* serverFacts(cli);
  const path = commandPath(node);
  const isGroup = node.children.size > 0;
  const flags = flagLines(node, help, facts, cli, (yield* terminalWidth()) - 1);
  const usage = node === root ? `${path} [OPTIONS] COMMAND` : isGroup ? `${path} COMMAND` : usageForms(node);
  const parts = [`Usage:  ${usage}`, help.pageText(node.implementation) ?? ''];
  if (experimental(node)) parts.push(`EXPERIMENTAL:\n  ${path} is an experiment.\n${EXPERIMENTAL}`);
  const aliases = aliasPaths(node);
  if (aliases.length > 1) parts.push(`Aliases:\n  ${aliases.join(', ')}`);
  parts.push(...commandLists(node, help, facts, node === root ? plugins : []));
  if (flags !== '') parts.push(`${node === root ? 'Global Options' : 'Options'}:\n${flags}`);
  if (isGroup) parts.push(`Run '${path} COMMAND --help' for more information on a command.`);
  if (node === root) parts.push('For more help on how to use Docker, head to https://docs.docker.com/go/guides/');
  return `${parts.join('\n\n')}\n${node === root ? '\n' : ''}`;
}

/** Columns of the terminal on standard input; 80 without one. */
function* terminalWidth(): Sim<number> {
  return (yield* isatty(0)) ? (yield* getWindowSize(0)).columns : 80;
}

function experimental(node: CommandNode | undefined): boolean {
  return node !== undefined && (node.experimentalCli || experimental(node.parent));
}

function commandLists(node: CommandNode, help: Texts, facts: ServerFacts, plugins: readonly PluginInfo[]): readonly string[] {
  const shown = [...new Set(node.children.values())].filter((c) => !c.hidden && !unsupported(c, facts));
  return GROUP_TITLES.flatMap(([key, title]) => {
    const rows = (node.groups?.[key] ?? []).flatMap((name) => {
      const child = shown.find((c) => c.name === name);
      return child ? [[child.name, shortHelp(help, child)] as const] : [];
    });
    if (key === 'Management') {
      rows.push(...plugins.map((p) => [`${p.Name}*`, p.ShortDescription] as const));
      rows.sort(([a], [b]) => (a < b ? -1 : 1));
    }
    const lines = rows.map(([name, about]) => `  ${name.padEnd(NAME_WIDTH)} ${about}`);
    return lines.length === 0 ? [] : [`${title}:\n${lines.join('\n')}`];
  });
}

/** Every path under which a command can be called, its long one first. */
function aliasPaths(node: CommandNode): readonly string[] {
  if (node.children.size > 0) return [];
  const all: CommandNode[] = [];
  const visit = (n: CommandNode): void => {
    if (n.children.size === 0 && n.implementation === node.implementation) all.push(n);
    for (const child of new Set(n.children.values())) visit(child);
  };
  visit(root);
  const rank = (n: CommandNode): number => (n.path === n.implementation ? 0 : n.path.split(' ').length);
  return all
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((n) => [n.name, ...n.aliases].map((name) => `${commandPath(n.parent ?? root)} ${name}`));
}

function flagLines(node: CommandNode, help: Texts, facts: ServerFacts, cli: Cli, width: number): string {
  // --help is listed only where -h means something else.
  const listed = (f: FlagSpec): boolean => f.long !== 'help' || node.flags.some((other) => other.short === 'h');
  const lines = [...node.flags]
    .filter((f) => !f.hidden && listed(f) && !unsupported(f, facts))
    .sort((a, b) => (a.long < b.long ? -1 : 1))
    .map((f) => {
      const value = f.type === 'bool' ? '' : ` ${f.type}`;
      const left = `  ${f.short === '' ? '    ' : `-${f.short}, `}--${f.long}${value}`;
      return [left, flagHelp(help, node, f) + preset(f, cli)] as const;
    });
  const column = Math.max(0, ...lines.map(([left]) => left.length)) + 3;
  return lines.map(([left, text]) => `${left.padEnd(column)}${wrapText(text, width, column)}`).join('\n');
}

/** ' (default "x")'. Values that are nothing are not shown, those of the kinds that docker wrote itself are. */
function preset(f: FlagSpec, cli: Cli): string {
  const value = f.default;
  if (value === undefined || value === '' || value === false) return '';
  if (f.type === 'string') return ` (default "${homePath(String(value), f, cli)}")`;
  if (Array.isArray(value)) return ' (default [])';
  return ` (default ${typeof value === 'object' ? 'map[]' : String(value)})`;
}

function homePath(value: string, f: FlagSpec, cli: Cli): string {
  if (!value.startsWith('~/.docker')) return value;
  const dir = (f.long.startsWith('tls') && cli.env.get('DOCKER_CERT_PATH')) || cli.defaultConfigDir;
  return value.replace('~/.docker', dir);
}
