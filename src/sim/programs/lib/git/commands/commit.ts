import type { Sim } from '../../../../kernel/sim.ts';
import { findExecutable, getenv, gethostname, lstat, readText, run, wallClock, writeFile } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Git, note, onTerminal, readFlags } from '../command.ts';
import { commitObject, type Signature, subjectOf } from '../objects.ts';
import { countLines, summary } from '../patch.ts';
import { Repository } from '../repository.ts';
import { branchName, short } from '../revision.ts';
import { changesBetween, dateText, modeLines } from '../show.ts';
import { changeOf, stageFile, statusOf } from '../worktree.ts';
import { specsOf } from './add.ts';
import { longStatus } from './status.ts';

const TELL = `*** Please tell me who you are.

Run

  git config --global user.email "you@example.com"
  git config --global user.name "Your Name"

to set your account's default identity.
Omit --global to set the identity only in this repository.

`;

/** Who commits now, from the environment or the configuration. */
function* identity(git: Git, repo: Repository, role: 'Author' | 'Committer'): Sim<Signature> {
  const variable = role.toUpperCase();
  const setting = function* (key: string): Sim<string | undefined> {
    return git.settings.get(key) ?? (yield* repo.setting(key));
  };
  const name = (yield* getenv(`GIT_${variable}_NAME`)) ?? (yield* setting('user.name'));
  const email = (yield* getenv(`GIT_${variable}_EMAIL`)) ?? (yield* setting('user.email'));
  if (name === undefined || email === undefined) {
    yield* note(git, `${role} identity unknown\n\n${TELL}`);
    const user = (yield* getenv('USER')) ?? 'root';
    throw new Fatal(
      email === undefined
        ? `unable to auto-detect email address (got '${user}@${yield* gethostname()}.(none)')`
        : 'empty ident name not allowed',
      128,
    );
  }
  const given = /^@?(\d+) ([-+]\d{4})$/.exec((yield* getenv(`GIT_${variable}_DATE`)) ?? '');
  if (given) return { name, email, time: Number(given[1]), zone: given[2] };
  return { name, email, time: Math.floor((yield* wallClock()) / 1e6), zone: '+0000' };
}

function cleaned(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trimEnd());
  const body = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return body === '' ? '' : `${body}\n`;
}

/** Asks an editor for the message, as a terminal has one. */
function* edited(repo: Repository, start: string, statusText: string): Sim<string> {
  const file = `${repo.dir}/COMMIT_EDITMSG`;
  const comment = `Please enter the commit message for your changes. Lines starting\nwith '#' will be ignored, and an empty message aborts the commit.\n\n${statusText}`;
  yield* writeFile(file, `${start}\n${comment.replace(/^/gm, '# ').replace(/^# $/gm, '#')}\n`);
  const editor =
    (yield* getenv('GIT_EDITOR')) ?? (yield* repo.setting('core.editor')) ?? (yield* getenv('VISUAL')) ?? (yield* getenv('EDITOR'));
  const words = (editor ?? 'vi').split(/\s+/);
  const path = yield* findExecutable(words[0]);
  if (!path) throw new Fatal(`cannot run ${words[0]}: No such file or directory`, 128);
  yield* run({ path, argv: [...words, file] });
  return yield* readText(file);
}

/** `git commit` */
export function* commit(git: Git): Sim<number | void> {
  const flags = readFlags(
    git.args,
    'm,message: a,all amend allow-empty allow-empty-message q,quiet F,file: author: date: no-edit n,no-verify s,signoff v,verbose',
  );
  const repo = yield* Repository.find();
  const head = yield* repo.head();
  const index = yield* repo.index();
  const specs = specsOf(repo, [...flags.operands, ...(flags.paths ?? [])]);
  if (flags.has('all') || specs.length > 0) {
    for (const entry of [...index.values()]) {
      if (!chosen(entry.path, specs)) continue;
      const letter = yield* changeOf(repo, entry);
      if (letter === 'D') index.delete(entry.path);
      else if (letter !== undefined) index.set(entry.path, yield* stageFile(repo, entry.path, yield* lstat(repo.path(entry.path))));
    }
    yield* repo.writeIndex(index);
  }
  if (flags.has('amend') && head.id === undefined) throw new Fatal('You have nothing to amend.', 128);
  const author = yield* identity(git, repo, 'Author');
  const committer = yield* identity(git, repo, 'Committer');
  const state = yield* statusOf(repo);
  if (state.staged.size === 0 && !flags.has('allow-empty') && !flags.has('amend')) {
    yield* git.t.print(yield* longStatus(repo, state, yield* onTerminal()));
    return 1;
  }
  const before = flags.has('amend') && head.id !== undefined ? yield* repo.commit(head.id) : undefined;
  let message = flags.all('message').join('\n\n');
  const file = flags.value('file');
  if (file !== undefined) message = yield* readText(file === '-' ? '/dev/stdin' : file);
  else if (flags.all('message').length === 0) {
    if (before && flags.has('no-edit')) message = before.message;
    else message = yield* edited(repo, before?.message ?? '', yield* longStatus(repo, state, false));
  }
  message = cleaned(message);
  if (flags.has('signoff')) message += `\nSigned-off-by: ${committer.name} <${committer.email}>\n`;
  if (message === '' && !flags.has('allow-empty-message')) {
    yield* note(git, 'Aborting commit due to empty commit message.\n');
    return 1;
  }
  const given = /^(.*?)\s*<(.*)>$/.exec(flags.value('author') ?? '');
  const parents = before ? before.parents : head.id === undefined ? [] : [head.id];
  const by = given ? { ...author, name: given[1], email: given[2] } : (before?.author ?? author);
  const id = yield* repo.write(commitObject({ tree: yield* repo.writeTree(index), parents, author: by, committer, message }));
  yield* repo.moveHead(id);
  if (flags.has('quiet')) return;
  const place = head.ref === undefined ? 'detached HEAD' : branchName(head.ref);
  yield* git.t.print(`[${place}${parents.length === 0 ? ' (root-commit)' : ''} ${short(id)}] ${subjectOf(message)}\n`);
  if (by.name !== committer.name || by.email !== committer.email) yield* git.t.print(` Author: ${by.name} <${by.email}>\n`);
  if (before) yield* git.t.print(` Date: ${dateText(by)}\n`);
  const changes = yield* changesBetween(repo, yield* repo.filesOf(parents[0]), yield* repo.filesOf(id));
  const counts = [];
  for (const change of changes) counts.push(yield* countLines(change));
  if (changes.length > 0) yield* git.t.print(summary(counts) + modeLines(changes));
}
