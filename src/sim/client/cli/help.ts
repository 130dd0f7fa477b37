/** Help pages in cobra's layout. The descriptions are data of their own, fetched when they are wanted. */
import type { Sim } from '../../kernel/sim.ts';
import { load } from '../../kernel/sim.ts';
import { wrapText } from './format/wrap.ts';
import type { CommandNode, FlagSpec } from './tree.ts';
import { commandPath, root } from './tree.ts';

export interface HelpTexts {
  /** By path: one line about each command. */
  readonly commands: Readonly<Record<string, string>>;
  /** By 'path --flag', or '--flag' for all commands that have it. */
  readonly flags: Readonly<Record<string, string>>;
}

function* texts(): Sim<HelpTexts> {
  return (yield* load(() => import('./helpTexts.ts'))).helpTexts;
}

/** One line about a command. */
export function* shortHelp(node: CommandNode): Sim<string> {
  const { commands } = yield* texts();
  return commands[node.path] ?? commands[node.implementation] ?? '';
}

const GROUP_TITLES: readonly (readonly [key: string, title: string])[] = [
  ['Common', 'Common Commands'],
  ['Management', 'Management Commands'],
  ['Swarm', 'Swarm Commands'],
  ['Commands', 'Commands'],
];

/** The page of `docker COMMAND --help`. `home` stands in some defaults. */
export function* helpPage(node: CommandNode, home: string): Sim<string> {
  const help = yield* texts();
  const path = commandPath(node);
  const isGroup = node.children.size > 0;
  const usage = isGroup ? [node === root ? '[OPTIONS] COMMAND' : 'COMMAND'] : node.usage;
  let out = `Usage:  ${usage.map((u) => `${path} ${u}`.trimEnd()).join('\n\t')}\n`;
  out += `\n${yield* shortHelp(node)}\n`;
  const aliases = aliasPaths(node);
  if (aliases.length > 1) out += `\nAliases:\n  ${aliases.join(', ')}\n`;
  out += yield* commandLists(node);
  const flags = flagLines(node, help, home);
  if (flags !== '') out += `\n${node === root ? 'Global Options' : 'Options'}:\n${flags}`;
  if (isGroup) out += `\nRun '${path} COMMAND --help' for more information on a command.\n`;
  if (node === root) out += '\nFor more help on how to use Docker, head to https://docs.docker.com/go/guides/\n';
  return node === root ? `\n${out}`.slice(1) : out;
}

function* commandLists(node: CommandNode): Sim<string> {
  const children = [...new Set(node.children.values())].filter((c) => !c.hidden);
  let out = '';
  for (const [key, title] of GROUP_TITLES) {
    const names = node.groups?.[key] ?? [];
    const members = names.map((name) => children.find((c) => c.name === name)).filter((c) => c !== undefined);
    if (members.length === 0) continue;
    const width = Math.max(...members.map((c) => c.name.length), node === root ? 11 : 0);
    out += `\n${title}:\n`;
    for (const child of members) out += `  ${child.name.padEnd(width)} ${' '.repeat(node === root ? 0 : 1)}${yield* shortHelp(child)}\n`;
  }
  return out;
}

/** Every path under which a command can be called, as --help lists them. */
function aliasPaths(node: CommandNode): readonly string[] {
  if (node === root || node.children.size > 0) return [];
  const own = (n: CommandNode): string[] => [n.name, ...n.aliases].map((name) => `${n.parent ? commandPath(n.parent) : ''} ${name}`.trim());
  const all: CommandNode[] = [];
  const visit = (n: CommandNode): void => {
    if (n.children.size === 0 && n.implementation === node.implementation) all.push(n);
    for (const child of new Set(n.children.values())) visit(child);
  };
  visit(root);
  return all.sort((a, b) => b.path.split(' ').length - a.path.split(' ').length).flatMap(own);
}

const VALUE_NAMES: Readonly<Record<string, string>> = { bool: '', stringArray: 'stringArray' };
const WIDTH = 80;

function flagLines(node: CommandNode, help: HelpTexts, home: string): string {
  const visible = node.flags.filter((f) => !f.hidden && f.osType !== 'windows' && !(f.long === 'help'));
  const lines = [...visible]
    .sort((a, b) => (a.long < b.long ? -1 : 1))
    .map((f) => {
      const value = VALUE_NAMES[f.type] ?? f.type;
      const left = `  ${f.short === '' ? '    ' : `-${f.short}, `}--${f.long}${value === '' ? '' : ` ${value}`}`;
      return [left, description(node, f, help) + preset(f, home)] as const;
    });
  const column = Math.max(0, ...lines.map(([left]) => left.length)) + 3;
  return lines.map(([left, text]) => `${left.padEnd(column)}${wrapText(text, WIDTH - column, column)}`.trimEnd() + '\n').join('');
}

function description(node: CommandNode, f: FlagSpec, help: HelpTexts): string {
  return help.flags[`${node.implementation} --${f.long}`] ?? help.flags[`--${f.long}`] ?? '';
}

function preset(f: FlagSpec, home: string): string {
  const value = f.default;
  if (value === undefined || value === '' || value === 0 || value === '0s') return '';
  if (typeof value === 'boolean') return value ? ' (default true)' : '';
  if (typeof value === 'number') return ` (default ${value})`;
  if (typeof value === 'object') return '';
  const text = String(value).replace(/^~/, home);
  return f.type === 'string' ? ` (default "${text}")` : ` (default ${text})`;
}
