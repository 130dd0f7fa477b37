/** `docker __complete`: cobra's protocol for the completion of the shell. */
import type { ContainerSummary } from '../../api/types/container.ts';
import type { ImageSummary } from '../../api/types/image.ts';
import type { NetworkInspect } from '../../api/types/network.ts';
import type { Sim } from '../../kernel/sim.ts';
import { Cli } from './cli.ts';
import { CliError } from './errors.ts';
import { Flags } from './flags/flags.ts';
import { shortHelp, texts } from './help/page.ts';
import type { CommandNode, FlagSpec } from './tree.ts';
import { root } from './tree.ts';

const NO_FILES = 4;
const FILES = 0;

interface Candidate {
  readonly text: string;
  readonly about?: string;
}

/** Writes the candidates for the last word, then ':' and what the shell is to do. */
export function* complete(words: readonly string[], describe: boolean): Sim<number> {
  const cli = yield* Cli.create(new Flags(root.flags));
  const typed = words.at(-1) ?? '';
  let node = root;
  const args: string[] = [];
  let pending: FlagSpec | undefined;
  for (const word of words.slice(0, -1)) {
    if (pending) {
      pending = undefined;
      continue;
    }
    if (word.startsWith('-') && word !== '-') {
      const spec = node.flags.find((f) => `--${f.long}` === word || (f.short !== '' && `-${f.short}` === word));
      if (spec && spec.type !== 'bool') pending = spec;
      continue;
    }
    const next = node.children.get(word);
    if (next && args.length === 0) node = next;
    else args.push(word);
  }
  const found = yield* candidates(cli, node, args, typed, pending);
  for (const c of found.list) {
    if (c.text.startsWith(typed)) yield* cli.out(`${c.text}${describe && c.about ? `\t${c.about}` : ''}\n`);
  }
  yield* cli.out(`:${found.directive}\n`);
  yield* cli.err(
    `Completion ended with directive: ${found.directive === NO_FILES ? 'ShellCompDirectiveNoFileComp' : 'ShellCompDirectiveDefault'}\n`,
  );
  return 0;
}

interface Candidates {
  readonly list: readonly Candidate[];
  readonly directive: number;
}

function* candidates(cli: Cli, node: CommandNode, args: readonly string[], typed: string, pending: FlagSpec | undefined): Sim<Candidates> {
  if (pending) return yield* flagValues(cli, pending);
  if (typed.startsWith('-')) {
    const visible = node.flags.filter((f) => !f.hidden);
    const list = typed.startsWith('--') || typed === '-' ? visible.map((f) => ({ text: `--${f.long}` })) : [];
    const short = typed === '-' ? visible.filter((f) => f.short !== '').map((f) => ({ text: `-${f.short}` })) : [];
    return { list: [...list, ...short].sort(byText), directive: NO_FILES };
  }
  if (node.children.size > 0) {
    if (args.length > 0) return { list: [], directive: NO_FILES };
    const children = [...new Set(node.children.values())].filter((c) => !c.hidden);
    const list: Candidate[] = [];
    const help = yield* texts();
    for (const child of children) list.push({ text: child.name, about: shortHelp(help, child) });
    return { list: list.sort(byText), directive: NO_FILES };
  }
  return yield* objects(cli, node, args);
}

function* flagValues(cli: Cli, spec: FlagSpec): Sim<Candidates> {
  if (spec.values) return { list: spec.values.map((text) => ({ text })), directive: NO_FILES };
  if (spec.long === 'restart')
    return { list: ['always', 'no', 'on-failure', 'unless-stopped'].map((text) => ({ text })), directive: NO_FILES };
  if (spec.long === 'network') return { list: yield* networks(cli), directive: NO_FILES };
  return { list: [], directive: FILES };
}

const STOPPED = new Set(['container start']);
const RUNNING = new Set([
  'container stop',
  'container kill',
  'container exec',
  'container attach',
  'container pause',
  'container top',
  'container port',
]);
const ANY = new Set([
  'container rm',
  'container logs',
  'container inspect',
  'container restart',
  'container rename',
  'container diff',
  'container commit',
  'container export',
  'container stats',
  'container update',
  'container wait',
  'container unpause',
  'inspect',
]);
const IMAGES = new Set([
  'container run',
  'container create',
  'image rm',
  'image history',
  'image inspect',
  'image save',
  'image push',
  'image tag',
  'inspect',
]);
const MANY = new Set([
  'container start',
  'container stop',
  'container kill',
  'container rm',
  'container inspect',
  'container restart',
  'container pause',
  'container unpause',
  'container wait',
  'container stats',
  'container update',
  'image rm',
  'image inspect',
  'image save',
  'network rm',
  'network inspect',
  'volume rm',
  'volume inspect',
  'inspect',
]);

/** Names of things; nothing when the daemon does not answer. */
function* objects(cli: Cli, node: CommandNode, args: readonly string[]): Sim<Candidates> {
  const path = node.implementation;
  if (args.length > 0 && !MANY.has(path)) {
    const connect = args.length === 1 && (path === 'network connect' || path === 'network disconnect');
    return connect
      ? { list: yield* containers(cli, () => true), directive: NO_FILES }
      : { list: [], directive: path === 'container cp' ? FILES : NO_FILES };
  }
  const list: Candidate[] = [];
  if (STOPPED.has(path)) list.push(...(yield* containers(cli, (c) => c.State !== 'running')));
  if (RUNNING.has(path)) list.push(...(yield* containers(cli, (c) => c.State === 'running')));
  if (ANY.has(path)) list.push(...(yield* containers(cli, () => true)));
  if (IMAGES.has(path)) list.push(...(yield* images(cli)));
  if (path.startsWith('network ') && path !== 'network create') list.push(...(yield* networks(cli)));
  if (path.startsWith('volume ') && path !== 'volume create') list.push(...(yield* volumes(cli)));
  return {
    list: list.filter((c) => !args.includes(c.text)).sort(byText),
    directive: path === 'container cp' || path === 'image load' ? FILES : NO_FILES,
  };
}

function byText(a: Candidate, b: Candidate): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

function* quietly<T>(cli: Cli, path: string, fallback: T): Sim<T> {
  try {
    return yield* (yield* cli.engine()).get<T>(path);
  } catch (error) {
    if (error instanceof CliError) return fallback;
    throw error;
  }
}

function* containers(cli: Cli, wanted: (c: ContainerSummary) => boolean): Sim<Candidate[]> {
  const all = yield* quietly<readonly ContainerSummary[]>(cli, '/containers/json?all=1', []);
  return all.filter(wanted).map((c) => ({ text: c.Names[0]?.replace(/^\//, '') ?? c.Id.slice(0, 12) }));
}

function* images(cli: Cli): Sim<Candidate[]> {
  const all = yield* quietly<readonly ImageSummary[]>(cli, '/images/json', []);
  return all.flatMap((i) => i.RepoTags ?? []).map((text) => ({ text }));
}

function* networks(cli: Cli): Sim<Candidate[]> {
  const all = yield* quietly<readonly NetworkInspect[]>(cli, '/networks', []);
  return all.map((n) => ({ text: n.Name }));
}

function* volumes(cli: Cli): Sim<Candidate[]> {
  const { Volumes } = yield* quietly<{ readonly Volumes: readonly { readonly Name: string }[] | null }>(cli, '/volumes', { Volumes: [] });
  return (Volumes ?? []).map((v) => ({ text: v.Name }));
}
