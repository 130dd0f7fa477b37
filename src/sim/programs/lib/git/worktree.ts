import type { Sim } from '../../../kernel/sim.ts';
import { pause } from '../../../kernel/sim.ts';
import {
  chmod,
  lstat,
  lstatOrNull,
  mkdirAll,
  readdir,
  readFile,
  readlink,
  removeTree,
  rmdir,
  type Stat,
  symlink,
  unlink,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { compareText } from '../jq/values.ts';
import { Ignore } from './ignore.ts';
import { blob, objectId } from './objects.ts';
import type { Files, Repository } from './repository.ts';
import { entryOf, type Index, type IndexEntry } from './stagingIndex.ts';

const TYPE = 0o170000;
const FOLDER = 0o040000;
const LINK = 0o120000;

export type Letter = 'A' | 'M' | 'D' | 'T';

export interface Status {
  /** From the last commit to the index. */
  readonly staged: ReadonlyMap<string, Letter>;
  /** From the index to the files. */
  readonly changed: ReadonlyMap<string, Letter>;
  /** Files, and folders (with a slash) in which nothing is tracked. */
  readonly untracked: readonly string[];
  readonly ignored: readonly string[];
}

export const modeOf = (st: Stat): string => ((st.mode & TYPE) === LINK ? '120000' : (st.mode & 0o100) !== 0 ? '100755' : '100644');

export function* contentOf(repo: Repository, path: string, st: Stat): Sim<Uint8Array> {
  return (st.mode & TYPE) === LINK ? encodeUtf8(yield* readlink(repo.path(path))) : yield* readFile(repo.path(path));
}

/** Puts a file into the object store and answers its index entry. */
export function* stageFile(repo: Repository, path: string, st: Stat): Sim<IndexEntry> {
  return entryOf(path, modeOf(st), yield* repo.write(blob(yield* contentOf(repo, path, st))), st);
}

/** How a tracked file differs from its entry; undefined if it does not. */
export function* changeOf(repo: Repository, entry: IndexEntry): Sim<Letter | undefined> {
  const st = yield* lstatOrNull(repo.path(entry.path));
  if (st === null || (st.mode & TYPE) === FOLDER) return 'D';
  const mode = modeOf(st);
  if ((mode === '120000') !== (entry.mode === '120000')) return 'T';
  if (mode !== entry.mode) return 'M';
  if (st.size === entry.size && st.mtime === entry.mtime && st.ino === entry.ino) return undefined;
  return objectId(blob(yield* contentOf(repo, entry.path, st))) === entry.id ? undefined : 'M';
}

export function compareFiles(from: Files, to: Files): Map<string, Letter> {
  const out = new Map<string, Letter>();
  for (const path of [...new Set([...from.keys(), ...to.keys()])].sort(compareText)) {
    const [a, b] = [from.get(path), to.get(path)];
    if (a === undefined) out.set(path, 'A');
    else if (b === undefined) out.set(path, 'D');
    else if (a.id !== b.id || a.mode !== b.mode) out.set(path, 'M');
  }
  return out;
}

export function* statusOf(repo: Repository, all = false): Sim<Status> {
  const index = yield* repo.index();
  const changed = new Map<string, Letter>();
  for (const entry of [...index.values()].sort((a, b) => compareText(a.path, b.path))) {
    const letter = yield* changeOf(repo, entry);
    if (letter !== undefined) changed.set(entry.path, letter);
  }
  const { untracked, ignored } = yield* untrackedFiles(repo, index, all);
  return { staged: compareFiles(yield* repo.filesOf((yield* repo.head()).id), index), changed, untracked, ignored };
}

/** What is not in the index: whole folders where none of their files is, unless `all`. */
export function* untrackedFiles(
  repo: Repository,
  index: Index,
  all: boolean,
): Sim<{ readonly untracked: string[]; readonly ignored: string[] }> {
  const tracked = new Set<string>();
  for (const path of index.keys())
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) tracked.add(path.slice(0, at + 1));
  const untracked: string[] = [];
  const ignored: string[] = [];
  yield* walk('', yield* Ignore.load(repo));
  return { untracked: untracked.sort(compareText), ignored: ignored.sort(compareText) };

  function* walk(folder: string, above: Ignore): Sim<void> {
    yield* pause();
    const ignore = yield* above.enter(repo, folder);
    for (const { name } of yield* readdir(repo.path(folder).replace(/(.)\/$/, '$1'))) {
      const path = folder + name;
      if (name === '.git') continue;
      const isFolder = ((yield* lstat(repo.path(path))).mode & TYPE) === FOLDER;
      if (!isFolder && index.has(path)) continue;
      if (ignore.ignores(path, isFolder)) {
        if (!isFolder || !tracked.has(`${path}/`)) ignored.push(isFolder ? `${path}/` : path);
        else yield* walk(`${path}/`, ignore);
      } else if (!isFolder) untracked.push(path);
      else if (tracked.has(`${path}/`) || all) yield* walk(`${path}/`, ignore);
      else if (yield* holdsFiles(`${path}/`, ignore)) untracked.push(`${path}/`);
    }
  }

  function* holdsFiles(folder: string, above: Ignore): Sim<boolean> {
    const ignore = yield* above.enter(repo, folder);
    for (const { name } of yield* readdir(repo.path(folder).slice(0, -1))) {
      const path = folder + name;
      const isFolder = ((yield* lstat(repo.path(path))).mode & TYPE) === FOLDER;
      if (ignore.ignores(path, isFolder)) continue;
      if (!isFolder || (yield* holdsFiles(`${path}/`, ignore))) return true;
    }
    return false;
  }
}

/** Writes one file of a commit to the disk and answers its index entry. */
export function* checkOutFile(repo: Repository, path: string, file: { readonly mode: string; readonly id: string }): Sim<IndexEntry> {
  const target = repo.path(path);
  if (path.includes('/')) yield* mkdirAll(target.slice(0, target.lastIndexOf('/')));
  const { data } = yield* repo.read(file.id);
  if ((yield* lstatOrNull(target)) !== null) yield* removeTree(target);
  if (file.mode === '120000') yield* symlink(decodeUtf8(data), target);
  else {
    yield* writeFile(target, data);
    if (file.mode === '100755') yield* chmod(target, 0o755);
  }
  return entryOf(path, file.mode, file.id, yield* lstat(target));
}

/** Removes a file, and folders that are empty then. */
export function* removeFile(repo: Repository, path: string): Sim<void> {
  if ((yield* lstatOrNull(repo.path(path))) !== null) yield* unlink(repo.path(path));
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = repo.path(path.slice(0, at));
    if ((yield* lstatOrNull(folder)) === null || (yield* readdir(folder)).length > 0) return;
    yield* rmdir(folder);
  }
}

/** Makes index and files those of a commit; paths in `keep` stay as they are on the disk and in the index. */
export function* moveTo(repo: Repository, index: Index, files: Files, keep: ReadonlySet<string> = new Set()): Sim<void> {
  const next = new Map<string, IndexEntry>();
  for (const [path, entry] of index) {
    if (keep.has(path)) next.set(path, entry);
    else if (!files.has(path)) yield* removeFile(repo, path);
  }
  for (const [path, file] of files) {
    if (keep.has(path)) continue;
    const entry = index.get(path);
    const same = entry !== undefined && entry.id === file.id && entry.mode === file.mode && (yield* changeOf(repo, entry)) === undefined;
    next.set(path, same ? entry : yield* checkOutFile(repo, path, file));
  }
  yield* repo.writeIndex(next);
}
