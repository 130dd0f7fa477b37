import type { Sim } from '../../../kernel/sim.ts';
import { lstat } from '../../../kernel/syscalls.ts';
import { civil, DAYS, formatTime, MONTHS } from '../calendar.ts';
import type { Git } from './command.ts';
import { blob, type Commit, objectId, type Signature, subjectOf } from './objects.ts';
import { type Change, type Counted, countLines, formatPatch, formatStat, renameText, type Side, summary } from './patch.ts';
import type { Files, Repository } from './repository.ts';
import { branchName, short } from './revision.ts';
import { changeOf, compareFiles, contentOf, modeOf } from './worktree.ts';

function* sideOf(repo: Repository, file: { readonly mode: string; readonly id: string } | undefined): Sim<Side | undefined> {
  return file === undefined ? undefined : { mode: file.mode, id: file.id, data: (yield* repo.read(file.id)).data };
}

/** Differences between two sets of stored files. */
export function* changesBetween(repo: Repository, from: Files, to: Files): Sim<Change[]> {
  const out: Change[] = [];
  for (const path of compareFiles(from, to).keys())
    out.push({ path, from: yield* sideOf(repo, from.get(path)), to: yield* sideOf(repo, to.get(path)) });
  return renamed(out);
}

/** A file that went and one that came with the same content are one that was renamed. Changed ones are not looked for. */
function renamed(changes: readonly Change[]): Change[] {
  const gone = changes.filter((c) => c.to === undefined);
  const taken = new Set<Change>();
  const out: Change[] = [];
  for (const change of changes) {
    const source =
      change.from === undefined ? gone.find((g) => !taken.has(g) && g.from?.id === change.to?.id && g.from?.data.length !== 0) : undefined;
    if (source === undefined) out.push(change);
    else {
      taken.add(source);
      out.push({ path: source.path, newPath: change.path, from: source.from, to: change.to });
    }
  }
  return out.filter((c) => !taken.has(c));
}

/** Differences between stored files (the index, or a commit's) and the disk. */
export function* changesToDisk(repo: Repository, from: Files): Sim<Change[]> {
  const out: Change[] = [];
  for (const [path, file] of [...from].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const letter = yield* changeOf(repo, { path, ...file, size: -1, mtime: -1, ino: -1 });
    if (letter === undefined) continue;
    const before = yield* sideOf(repo, file);
    if (letter === 'D') out.push({ path, from: before, to: undefined });
    else {
      const st = yield* lstat(repo.path(path));
      const data = yield* contentOf(repo, path, st);
      out.push({ path, from: before, to: { mode: modeOf(st), id: objectId(blob(data)), data } });
    }
  }
  return out;
}

export type DiffStyle = 'patch' | 'stat' | 'shortstat' | 'name-only' | 'name-status' | 'numstat' | 'none';

/** Prints changes in one of git's styles. */
export function* printChanges(git: Git, changes: readonly Change[], style: DiffStyle, colour: boolean): Sim<void> {
  if (style === 'none') return;
  if (style === 'patch') {
    for (const change of changes) yield* git.t.print(yield* formatPatch(change, colour));
    return;
  }
  const letter = (c: Change): string => (c.newPath ? 'R100' : c.from === undefined ? 'A' : c.to === undefined ? 'D' : 'M');
  if (style === 'name-only' || style === 'name-status') {
    for (const c of changes)
      yield* git.t.print(
        style === 'name-only' ? `${c.newPath ?? c.path}\n` : `${letter(c)}\t${c.path}${c.newPath ? `\t${c.newPath}` : ''}\n`,
      );
    return;
  }
  const counts: Counted[] = [];
  for (const change of changes) counts.push(yield* countLines(change));
  if (style === 'numstat')
    for (const c of counts) yield* git.t.print(c.binary ? `-\t-\t${c.path}\n` : `${c.added}\t${c.deleted}\t${c.path}\n`);
  else if (counts.length > 0) yield* git.t.print(style === 'stat' ? formatStat(counts) : summary(counts));
}

/** ` create mode 100644 a` for files that came or went. */
export function modeLines(changes: readonly Change[]): string {
  return changes
    .map(({ path, newPath, from, to }) =>
      newPath !== undefined
        ? ` rename ${renameText(path, newPath)} (100%)\n`
        : from === undefined
          ? ` create mode ${to?.mode} ${path}\n`
          : to === undefined
            ? ` delete mode ${from.mode} ${path}\n`
            : from.mode !== to.mode
              ? ` mode change ${from.mode} => ${to.mode} ${path}\n`
              : '',
    )
    .join('');
}

/** Minutes east of Greenwich. */
function offsetOf(s: Signature): number {
  const m = /^([-+])(\d\d)(\d\d)$/.exec(s.zone);
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : 0;
}

/** `Tue Nov 24 14:00:00 2026 +0000` */
export function dateText(s: Signature): string {
  const t = civil(s.time + offsetOf(s) * 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${DAYS[t.weekday].slice(0, 3)} ${MONTHS[t.month - 1].slice(0, 3)} ${t.day} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year} ${s.zone}`;
}

/** References that point at each commit, HEAD first, as `log --decorate` shows them. */
export function* decorations(repo: Repository): Sim<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const add = (id: string, text: string): void => void found.set(id, [...(found.get(id) ?? []), text]);
  const head = yield* repo.head();
  if (head.id !== undefined) add(head.id, head.ref === undefined ? 'HEAD' : `HEAD -> ${branchName(head.ref)}`);
  for (const [ref, id] of yield* repo.refs('refs/tags/')) add(id, `tag: ${branchName(ref)}`);
  for (const [ref, id] of yield* repo.refs('refs/remotes/')) add(id, branchName(ref));
  for (const [ref, id] of yield* repo.refs('refs/heads/')) if (ref !== head.ref) add(id, branchName(ref));
  return found;
}

function paintRef(text: string): string {
  if (text === 'HEAD') return '\x1b[1;36mHEAD\x1b[m';
  if (text.startsWith('HEAD -> ')) return `\x1b[1;36mHEAD -> \x1b[m\x1b[1;32m${text.slice(8)}\x1b[m`;
  if (text.startsWith('tag: ')) return `\x1b[1;33m${text}\x1b[m`;
  return text.includes('/') ? `\x1b[1;31m${text}\x1b[m` : `\x1b[1;32m${text}\x1b[m`;
}

export function decorationText(refs: readonly string[] | undefined, colour: boolean): string {
  if (refs === undefined) return '';
  if (!colour) return ` (${refs.join(', ')})`;
  const comma = '\x1b[33m, \x1b[m';
  return `\x1b[33m (\x1b[m${refs.map(paintRef).join(comma)}\x1b[33m)\x1b[m`;
}

/** The head of a commit in `git log` and `git show`: id, author, date, indented message. */
export function commitText(id: string, c: Commit, refs: readonly string[] | undefined, colour: boolean): string {
  const title = colour ? `\x1b[33mcommit ${id}\x1b[m` : `commit ${id}`;
  const merge = c.parents.length > 1 ? `Merge: ${c.parents.map(short).join(' ')}\n` : '';
  const message = c.message
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `${title}${decorationText(refs, colour)}\n${merge}Author: ${c.author.name} <${c.author.email}>\nDate:   ${dateText(c.author)}\n\n${message}\n`;
}

function ago(seconds: number): string {
  const steps: readonly (readonly [limit: number, size: number, name: string])[] = [
    [90, 1, 'second'],
    [90 * 60, 60, 'minute'],
    [36 * 3600, 3600, 'hour'],
    [14 * 86_400, 86_400, 'day'],
    [70 * 86_400, 7 * 86_400, 'week'],
    [365 * 86_400, 30 * 86_400, 'month'],
    [Number.POSITIVE_INFINITY, 365 * 86_400, 'year'],
  ];
  const [, size, name] = steps.find(([limit]) => seconds < limit) as (typeof steps)[number];
  const n = Math.round(seconds / size);
  return `${n} ${name}${n === 1 ? '' : 's'} ago`;
}

/** `--pretty=format:...`: the placeholders that people use. `now` in seconds. */
export function formatCommit(format: string, id: string, c: Commit, refs: readonly string[] | undefined, now: number): string {
  const iso = (s: Signature): string => `${formatTime('%Y-%m-%d %H:%M:%S', (s.time + offsetOf(s) * 60) * 1e6)} ${s.zone}`;
  const strict = (s: Signature): string =>
    iso(s)
      .replace(' ', 'T')
      .replace(/ (...)(..)$/, '$1:$2');
  const values: Readonly<Record<string, () => string>> = {
    H: () => id,
    h: () => short(id),
    T: () => c.tree,
    t: () => short(c.tree),
    P: () => c.parents.join(' '),
    p: () => c.parents.map(short).join(' '),
    an: () => c.author.name,
    ae: () => c.author.email,
    ad: () => dateText(c.author),
    ar: () => ago(now - c.author.time),
    at: () => String(c.author.time),
    ai: () => iso(c.author),
    as: () => formatTime('%Y-%m-%d', c.author.time * 1e6),
    cn: () => c.committer.name,
    ce: () => c.committer.email,
    cd: () => dateText(c.committer),
    cr: () => ago(now - c.committer.time),
    ct: () => String(c.committer.time),
    ci: () => iso(c.committer),
    cI: () => strict(c.committer),
    aI: () => strict(c.author),
    cs: () => formatTime('%Y-%m-%d', c.committer.time * 1e6),
    s: () => subjectOf(c.message),
    b: () => c.message.split('\n\n').slice(1).join('\n\n'),
    B: () => c.message,
    d: () => decorationText(refs, false),
    D: () => (refs ?? []).join(', '),
    n: () => '\n',
    '%': () => '%',
  };
  return format.replace(/%(C\([^)]*\)|C(?:reset|red|green|blue|yellow)|[ac][nedirtsI]|[HhTtPpsbBdDn%])/g, (whole, key: string) =>
    key.startsWith('C') ? '' : (values[key]?.() ?? whole),
  );
}
