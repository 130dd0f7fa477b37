import type { Sim } from '../../../../kernel/sim.ts';
import { encodeUtf8 } from '../../../../lib/utf8.ts';
import { type Git, onTerminal, readFlags } from '../command.ts';
import { Repository } from '../repository.ts';
import { branchName, detachedAt } from '../revision.ts';
import { type Letter, type Status, statusOf } from '../worktree.ts';

export interface Tracking {
  /** `origin/main` */
  readonly name: string;
  readonly ahead: number;
  readonly behind: number;
  readonly gone: boolean;
}

/** How a branch stands to the one that it follows. */
export function* trackingOf(repo: Repository, ref: string | undefined, id: string | undefined): Sim<Tracking | undefined> {
  if (ref === undefined) return undefined;
  const branch = branchName(ref);
  const remote = yield* repo.setting(`branch.${branch}.remote`);
  const merge = yield* repo.setting(`branch.${branch}.merge`);
  if (remote === undefined || merge === undefined) return undefined;
  const name = `${remote}/${branchName(merge)}`;
  const theirs = yield* repo.ref(`refs/remotes/${name}`);
  if (theirs === undefined || id === undefined) return { name, ahead: 0, behind: 0, gone: theirs === undefined };
  const mine = new Set((yield* repo.history([id])).map((c) => c.id));
  const others = new Set((yield* repo.history([theirs])).map((c) => c.id));
  return {
    name,
    ahead: [...mine].filter((c) => !others.has(c)).length,
    behind: [...others].filter((c) => !mine.has(c)).length,
    gone: false,
  };
}

const commits = (n: number): string => `${n} commit${n === 1 ? '' : 's'}`;

/** What `status`, `checkout` and `commit` say about the branch that is followed. */
export function trackingText(t: Tracking | undefined): string {
  if (t === undefined) return '';
  if (t.gone) return `Your branch is based on '${t.name}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n`;
  if (t.ahead > 0 && t.behind > 0)
    return `Your branch and '${t.name}' have diverged,\nand have ${t.ahead} and ${t.behind} different commits each, respectively.\n  (use "git pull" to merge the remote branch into yours)\n`;
  if (t.ahead > 0) return `Your branch is ahead of '${t.name}' by ${commits(t.ahead)}.\n  (use "git push" to publish your local commits)\n`;
  if (t.behind > 0)
    return `Your branch is behind '${t.name}' by ${commits(t.behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n`;
  return `Your branch is up to date with '${t.name}'.\n`;
}

/** Staged changes; a file that went and one that came with the same content are shown as one. */
function* stagedRows(repo: Repository, s: Status): Sim<{ readonly letter: Letter | 'R'; readonly path: string; readonly from?: string }[]> {
  const before = yield* repo.filesOf((yield* repo.head()).id);
  const index = yield* repo.index();
  const gone = [...s.staged].filter(([, letter]) => letter === 'D').map(([path]) => path);
  const taken = new Set<string>();
  const rows: { letter: Letter | 'R'; path: string; from?: string }[] = [];
  for (const [path, letter] of s.staged) {
    const from = letter === 'A' ? gone.find((g) => !taken.has(g) && before.get(g)?.id === index.get(path)?.id) : undefined;
    if (from !== undefined) taken.add(from);
    rows.push(from === undefined ? { letter, path } : { letter: 'R', path, from });
  }
  return rows.filter((row) => !taken.has(row.path));
}

/** A name as short forms show it: quoted if it has blanks or what a terminal should not get. */
function quotePath(path: string): string {
  if (!/[\x00-\x20"\\\x7f-\uffff]/.test(path)) return path;
  const octal = [...encodeUtf8(path)].map((byte) => {
    const c = String.fromCharCode(byte);
    if (c === '"' || c === '\\') return `\\${c}`;
    if (c === '\t' || c === '\n') return c === '\t' ? '\\t' : '\\n';
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : c;
  });
  return `"${octal.join('')}"`;
}

const WORDS: Readonly<Record<Letter | 'R', string>> = {
  R: 'renamed:    ',
  A: 'new file:   ',
  M: 'modified:   ',
  D: 'deleted:    ',
  T: 'typechange: ',
};

/** The long form, for the screen and for a commit that has nothing to do. */
export function* longStatus(repo: Repository, s: Status, colour: boolean): Sim<string> {
  const head = yield* repo.head();
  const red = (text: string): string => (colour ? `\x1b[31m${text}\x1b[m` : text);
  const green = (text: string): string => (colour ? `\x1b[32m${text}\x1b[m` : text);
  let out =
    head.ref === undefined ? `${red(`HEAD detached ${yield* detachedAt(repo, head.id ?? '')}`)}\n` : `On branch ${branchName(head.ref)}\n`;
  const tracking = trackingText(yield* trackingOf(repo, head.ref, head.id));
  if (tracking !== '') out += `${tracking}\n`;
  if (head.id === undefined) out += '\nNo commits yet\n\n';
  const names = (title: string, hints: readonly string[], lines: readonly string[]): string =>
    `${title}\n${hints.map((h) => `  (${h})\n`).join('')}${lines.map((l) => `\t${l}\n`).join('')}\n`;
  const relative = (path: string): string => relativeTo(repo.prefix, path);
  if (s.staged.size > 0)
    out += names(
      'Changes to be committed:',
      [head.id === undefined ? 'use "git rm --cached <file>..." to unstage' : 'use "git restore --staged <file>..." to unstage'],
      (yield* stagedRows(repo, s)).map((row) =>
        green(`${WORDS[row.letter]}${row.from === undefined ? '' : `${relative(row.from)} -> `}${relative(row.path)}`),
      ),
    );
  if (s.changed.size > 0)
    out += names(
      'Changes not staged for commit:',
      [
        `use "git add${[...s.changed.values()].includes('D') ? '/rm' : ''} <file>..." to update what will be committed`,
        'use "git restore <file>..." to discard changes in working directory',
      ],
      [...s.changed].map(([path, letter]) => red(WORDS[letter] + relative(path))),
    );
  if (s.untracked.length > 0)
    out += names(
      'Untracked files:',
      ['use "git add <file>..." to include in what will be committed'],
      s.untracked.map((path) => red(relative(path))),
    );
  if (s.staged.size > 0) return out;
  if (s.changed.size > 0) return `${out}no changes added to commit (use "git add" and/or "git commit -a")\n`;
  if (s.untracked.length > 0) return `${out}nothing added to commit but untracked files present (use "git add" to track)\n`;
  return `${out}${head.id === undefined ? 'nothing to commit (create/copy files and use "git add" to track)' : 'nothing to commit, working tree clean'}\n`;
}

/** A path as seen from a folder below the root (`prefix` ends with a slash or is empty). */
export function relativeTo(prefix: string, path: string): string {
  const from = prefix.split('/').slice(0, -1);
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  const up = '../'.repeat(from.length - same) + to.slice(same).join('/');
  return up === '' ? './' : up;
}

function* shortStatus(repo: Repository, s: Status, branch: boolean, full: boolean, colour: boolean): Sim<string> {
  let out = '';
  if (branch) {
    const head = yield* repo.head();
    const t = yield* trackingOf(repo, head.ref, head.id);
    const counts = [t?.ahead ? `ahead ${t.ahead}` : '', t?.behind ? `behind ${t.behind}` : ''].filter((x) => x !== '').join(', ');
    const name = head.ref === undefined ? 'HEAD (no branch)' : branchName(head.ref);
    out += `## ${head.id === undefined ? `No commits yet on ${name}` : name}${t ? `...${t.name}` : ''}${counts === '' ? '' : ` [${counts}]`}\n`;
  }
  const paint = (code: number, text: string): string => (colour && text !== ' ' ? `\x1b[${code}m${text}\x1b[m` : text);
  const show = (path: string): string => quotePath(full ? path : relativeTo(repo.prefix, path));
  const staged = new Map((yield* stagedRows(repo, s)).map((row) => [row.path, row]));
  const from = (path: string): string => {
    const name = staged.get(path)?.from;
    return name === undefined ? '' : `${show(name)} -> `;
  };
  for (const path of [...new Set([...staged.keys(), ...s.changed.keys()])].sort((a, b) => (a < b ? -1 : 1)))
    out += `${paint(32, staged.get(path)?.letter ?? ' ')}${paint(31, s.changed.get(path) ?? ' ')} ${from(path)}${show(path)}\n`;
  for (const path of s.untracked) out += `${paint(31, '??')} ${show(path)}\n`;
  return out;
}

/** `git status` */
export function* status(git: Git): Sim<void> {
  const flags = readFlags(git.args, 's,short b,branch porcelain? long u,untracked-files? ignored? v,verbose');
  const repo = yield* Repository.find();
  const mode = flags.value('untracked-files');
  const found = yield* statusOf(repo, mode === 'all' || mode === '');
  const s = mode === 'no' ? { ...found, untracked: [] } : found;
  const colour = yield* onTerminal();
  if (flags.has('porcelain')) yield* git.t.print(yield* shortStatus(repo, s, flags.has('branch'), true, false));
  else if (flags.has('short')) yield* git.t.print(yield* shortStatus(repo, s, flags.has('branch'), false, colour));
  else yield* git.t.print(yield* longStatus(repo, s, colour));
}
