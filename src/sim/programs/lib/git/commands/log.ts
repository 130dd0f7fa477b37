import type { Sim } from '../../../../kernel/sim.ts';
import { pause } from '../../../../kernel/sim.ts';
import { wallClock } from '../../../../kernel/syscalls.ts';
import { compileRegex } from '../../../../lib/regex/regex.ts';
import { decodeUtf8 } from '../../../../lib/utf8.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Flags, type Git, onTerminal, readFlags } from '../command.ts';
import { type Commit, parseTree, subjectOf } from '../objects.ts';
import { Repository } from '../repository.ts';
import { branchName, resolve, resolveOrFail, short } from '../revision.ts';
import { changesBetween, commitText, type DiffStyle, decorations, decorationText, formatCommit, printChanges } from '../show.ts';
import { compareFiles } from '../worktree.ts';
import { specsOf } from './add.ts';

export const DIFF_FLAGS = 'p,u,patch stat shortstat numstat name-only name-status s,no-patch color? no-color';

export function styleOf(flags: Flags, otherwise: DiffStyle): DiffStyle {
  for (const style of ['stat', 'shortstat', 'numstat', 'name-only', 'name-status'] as const) if (flags.has(style)) return style;
  return flags.has('no-patch') ? 'none' : flags.has('patch') ? 'patch' : otherwise;
}

export function* wantsColour(flags: Flags): Sim<boolean> {
  if (flags.has('no-color') || flags.value('color') === 'never') return false;
  return flags.has('color') && flags.value('color') !== 'auto' ? true : yield* onTerminal();
}

interface Layout {
  readonly oneLine: boolean;
  readonly format: string | undefined;
  /** `tformat`: each commit ends its line, instead of a line between two. */
  readonly ends: boolean;
  readonly colour: boolean;
  readonly refs: ReadonlyMap<string, string[]>;
  readonly style: DiffStyle;
  readonly now: number;
}

function* layoutOf(repo: Repository, flags: Flags, style: DiffStyle): Sim<Layout> {
  const colour = yield* wantsColour(flags);
  const pretty = flags.value('pretty') ?? flags.value('format') ?? '';
  const text = /^(?:t?format:)?([\s\S]*%[\s\S]*)$/.exec(pretty);
  const decorate = flags.has('no-decorate') ? false : flags.has('decorate') ? flags.value('decorate') !== 'no' : yield* onTerminal();
  return {
    oneLine: flags.has('oneline') || pretty === 'oneline',
    format: text?.[1],
    ends: text !== null && !pretty.startsWith('format:'),
    colour,
    refs: decorate || text !== null ? yield* decorations(repo) : new Map(),
    style,
    now: (yield* wallClock()) / 1e6,
  };
}

function commitLines(l: Layout, id: string, c: Commit): string {
  const refs = l.refs.get(id);
  if (l.format !== undefined) return formatCommit(l.format, id, c, refs, l.now);
  if (l.oneLine) {
    const name = l.colour ? `\x1b[33m${short(id)}\x1b[m` : short(id);
    return `${name}${decorationText(refs, l.colour)} ${subjectOf(c.message)}\n`;
  }
  return commitText(id, c, refs, l.colour);
}

/** `git log` */
export function* log(git: Git): Sim<void> {
  const flags = readFlags(
    git.args,
    `${DIFF_FLAGS} oneline n,max-count: graph all decorate? no-decorate pretty? format: author: grep: reverse abbrev-commit merges no-merges first-parent follow since: until: after: before: date: skip: branches? tags?`,
  );
  const repo = yield* Repository.find();
  const { starts, hidden, paths } = yield* revisionsOf(repo, flags);
  const layout = yield* layoutOf(repo, flags, styleOf(flags, 'none'));
  const limit = Number(flags.value('max-count') ?? Number.POSITIVE_INFINITY);
  const without = new Set((yield* repo.history(hidden)).map((c) => c.id));
  const pattern = (text: string | undefined) => (text === undefined ? undefined : compileRegex(text, 'basic'));
  const author = pattern(flags.value('author'));
  const grep = pattern(flags.value('grep'));
  let found = [];
  for (const entry of yield* repo.history(starts)) {
    if (found.length >= limit) break;
    const { commit: c, id } = entry;
    if (without.has(id)) continue;
    if (author && !author.test(`${c.author.name} <${c.author.email}>`)) continue;
    if (grep && !c.message.split('\n').some((line) => grep.test(line))) continue;
    if ((flags.has('merges') && c.parents.length < 2) || (flags.has('no-merges') && c.parents.length > 1)) continue;
    if (paths.length > 0) {
      const changed = compareFiles(yield* repo.filesOf(c.parents[0]), yield* repo.filesOf(id));
      if (![...changed.keys()].some((path) => chosen(path, paths))) continue;
    }
    found.push(entry);
  }
  if (flags.has('reverse')) found = found.reverse();
  const graph = flags.has('graph');
  for (const [i, { id, commit: c }] of found.entries()) {
    yield* pause();
    const last = i === found.length - 1;
    const separator = layout.format !== undefined ? (layout.ends || !last ? '\n' : '') : layout.oneLine || last ? '' : '\n';
    const text = commitLines(layout, id, c);
    if (graph)
      yield* git.t.print(`${graphed(text.replace(/\n$/, ''), last)}\n${separator === '\n' && layout.format === undefined ? '| \n' : ''}`);
    else {
      yield* git.t.print(text);
      if (layout.style !== 'none') yield* printPatch(git, repo, id, c, layout, !layout.oneLine && layout.format === undefined);
      yield* git.t.print(separator);
    }
  }
}

/** A straight history beside its line; side branches are drawn on it too, their joins are not simulated. */
function graphed(text: string, last: boolean): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? `* ${line}` : `${last ? ' ' : '|'} ${line}`))
    .join('\n');
}

function* printPatch(git: Git, repo: Repository, id: string, c: Commit, layout: Layout, gap: boolean): Sim<void> {
  if (c.parents.length > 1) return;
  const changes = yield* changesBetween(repo, yield* repo.filesOf(c.parents[0]), yield* repo.filesOf(id));
  if (changes.length > 0 && gap) yield* git.t.print('\n');
  yield* printChanges(git, changes, layout.style, layout.colour);
}

function* revisionsOf(repo: Repository, flags: Flags): Sim<{ starts: string[]; hidden: string[]; paths: string[] }> {
  const starts: string[] = [];
  const hidden: string[] = [];
  const paths = [...(flags.paths ?? [])];
  for (const word of flags.operands) {
    const range = /^(.*?)\.\.(.*)$/.exec(word);
    if (range) {
      hidden.push(yield* resolveOrFail(repo, range[1] || 'HEAD'));
      starts.push(yield* resolveOrFail(repo, range[2] || 'HEAD'));
    } else if (word.startsWith('^')) hidden.push(yield* resolveOrFail(repo, word.slice(1)));
    else {
      const id = yield* resolve(repo, word);
      if (id !== undefined) starts.push(id);
      else if (specsOf(repo, [word]).length > 0 && (yield* isTracked(repo, word))) paths.push(word);
      else yield* resolveOrFail(repo, word);
    }
  }
  if (flags.has('all')) {
    starts.push(...(yield* repo.refs('refs/')).values());
    const { id } = yield* repo.head();
    if (id !== undefined) starts.push(id);
  } else if (starts.length === 0) {
    const head = yield* repo.head();
    if (head.id === undefined) throw new Fatal(`your current branch '${branchName(head.ref ?? '')}' does not have any commits yet`, 128);
    starts.push(head.id);
  }
  return { starts, hidden, paths: specsOf(repo, paths) };
}

function* isTracked(repo: Repository, word: string): Sim<boolean> {
  const [spec] = specsOf(repo, [word]);
  return [...(yield* repo.index()).keys()].some((path) => chosen(path, [spec]));
}

/** `git show` */
export function* show(git: Git): Sim<void> {
  const flags = readFlags(git.args, `${DIFF_FLAGS} oneline pretty? format: decorate? no-decorate abbrev-commit`);
  const repo = yield* Repository.find();
  for (const word of flags.operands.length === 0 ? ['HEAD'] : flags.operands) {
    const colon = word.indexOf(':');
    if (colon > 0) {
      const id = yield* resolveOrFail(repo, word.slice(0, colon));
      const file = (yield* repo.filesOf(id)).get(word.slice(colon + 1));
      if (file === undefined) throw new Fatal(`path '${word.slice(colon + 1)}' does not exist in '${word.slice(0, colon)}'`, 128);
      yield* git.t.out.bytes((yield* repo.read(file.id)).data);
      continue;
    }
    const id = yield* resolveOrFail(repo, word);
    const object = yield* repo.read(id);
    if (object.type === 'tree') {
      yield* git.t.print(
        `tree ${word}\n\n${parseTree(object.data)
          .map((e) => `${e.name}${e.mode === '40000' ? '/' : ''}\n`)
          .join('')}`,
      );
    } else if (object.type === 'blob') yield* git.t.print(decodeUtf8(object.data));
    else {
      const layout = yield* layoutOf(repo, flags, styleOf(flags, 'patch'));
      const c = yield* repo.commit(id);
      yield* git.t.print(commitLines(layout, id, c));
      if (layout.format !== undefined) yield* git.t.print('\n');
      yield* printPatch(git, repo, id, c, layout, !layout.oneLine);
    }
  }
}
