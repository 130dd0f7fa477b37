import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  appendFile,
  getcwd,
  getenv,
  lstatOrNull,
  mkdirAll,
  readdir,
  readFile,
  readText,
  statOrNull,
  unlink,
  wallClock,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { Fatal } from '../failure.ts';
import { type ConfigValue, normalKey, parseConfig } from './configFile.ts';
import {
  type Commit,
  deflateObject,
  type GitObject,
  inflateObject,
  objectId,
  parseCommit,
  parseTree,
  type TreeEntry,
  treeObject,
} from './objects.ts';
import { type Index, type IndexEntry, readIndex, writeIndex } from './stagingIndex.ts';

/** What HEAD says: a branch (perhaps without commits yet), or a commit. */
export interface Head {
  /** `refs/heads/main`, undefined when detached. */
  readonly ref: string | undefined;
  readonly id: string | undefined;
}

/** Files of a commit by path. */
export type Files = ReadonlyMap<string, { readonly mode: string; readonly id: string }>;

/** A repository on the machine's disk. */
export class Repository {
  /** Where the files are, without a slash at the end. */
  readonly root: string;
  readonly dir: string;
  /** From the root to where git was called, empty or with a slash at its end. */
  readonly prefix: string;
  #shallow: ReadonlySet<string> | undefined;

  constructor(root: string, prefix = '') {
    this.root = root;
    this.dir = `${root === '/' ? '' : root}/.git`;
    this.prefix = prefix;
  }

  /** The repository around the current directory. */
  static *find(): Sim<Repository> {
    const given = yield* getenv('GIT_DIR');
    const cwd = yield* getcwd();
    if (given !== undefined) return new Repository(given.replace(/\/?\.git\/?$/, '') || cwd);
    for (let at = cwd; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const root = at === '' ? '/' : at;
      if ((yield* statOrNull(`${at}/.git/HEAD`)) !== null) return new Repository(root, cwd === root ? '' : `${cwd.slice(at.length + 1)}/`);
      if (at === '') throw new Fatal('not a git repository (or any of the parent directories): .git', 128);
    }
  }

  path(file: string): string {
    return `${this.root === '/' ? '' : this.root}/${file}`;
  }

  // Objects.

  *write(object: GitObject): Sim<string> {
    const id = objectId(object);
    const folder = `${this.dir}/objects/${id.slice(0, 2)}`;
    if ((yield* statOrNull(`${folder}/${id.slice(2)}`)) !== null) return id;
    yield* mkdirAll(folder);
    yield* writeFile(`${folder}/${id.slice(2)}`, deflateObject(object), 0o444);
    return id;
  }

  *read(id: string): Sim<GitObject> {
    try {
      return inflateObject(yield* readFile(`${this.dir}/objects/${id.slice(0, 2)}/${id.slice(2)}`));
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`bad object ${id}`, 128);
      throw error;
    }
  }

  *has(id: string): Sim<boolean> {
    return (yield* statOrNull(`${this.dir}/objects/${id.slice(0, 2)}/${id.slice(2)}`)) !== null;
  }

  /** A commit; where a shallow clone ends it has no parents. */
  *commit(id: string): Sim<Commit> {
    this.#shallow ??= new Set((yield* textOrEmpty(`${this.dir}/shallow`)).split('\n'));
    const commit = parseCommit((yield* this.read(id)).data);
    return this.#shallow.has(id) ? { ...commit, parents: [] } : commit;
  }

  /** All files of a tree, with the folders above in their paths. */
  *files(tree: string, under = ''): Sim<Map<string, TreeEntry>> {
    const found = new Map<string, TreeEntry>();
    for (const entry of parseTree((yield* this.read(tree)).data)) {
      if (entry.mode !== '40000') found.set(under + entry.name, entry);
      else for (const [path, file] of yield* this.files(entry.id, `${under}${entry.name}/`)) found.set(path, file);
    }
    return found;
  }

  *filesOf(commit: string | undefined): Sim<Files> {
    return commit === undefined ? new Map() : yield* this.files((yield* this.commit(commit)).tree);
  }

  /** Writes the trees for an index. Answers the topmost. */
  *writeTree(index: Index): Sim<string> {
    return yield* this.#tree([...index.values()], 0);
  }

  *#tree(entries: readonly IndexEntry[], depth: number): Sim<string> {
    const folders = new Map<string, IndexEntry[]>();
    const tree: TreeEntry[] = [];
    for (const entry of entries) {
      const parts = entry.path.split('/');
      if (parts.length === depth + 1) tree.push({ mode: entry.mode, name: parts[depth], id: entry.id });
      else folders.set(parts[depth], [...(folders.get(parts[depth]) ?? []), entry]);
    }
    for (const [name, inside] of folders) tree.push({ mode: '40000', name, id: yield* this.#tree(inside, depth + 1) });
    return yield* this.write(treeObject(tree));
  }

  /** Commits from `start` backwards, newest first. */
  *history(starts: readonly string[], limit = Number.POSITIVE_INFINITY): Sim<{ readonly id: string; readonly commit: Commit }[]> {
    const seen = new Set<string>();
    const waiting: { id: string; commit: Commit }[] = [];
    const add = function* (this: Repository, id: string): Sim<void> {
      if (seen.has(id)) return;
      seen.add(id);
      waiting.push({ id, commit: yield* this.commit(id) });
    }.bind(this);
    for (const id of starts) yield* add(id);
    const out: { id: string; commit: Commit }[] = [];
    while (waiting.length > 0 && out.length < limit) {
      let newest = 0;
      for (let i = 1; i < waiting.length; i++) if (waiting[i].commit.committer.time > waiting[newest].commit.committer.time) newest = i;
      const [next] = waiting.splice(newest, 1);
      out.push(next);
      for (const parent of next.commit.parents) yield* add(parent);
    }
    return out;
  }

  // Index.

  *index(): Sim<Map<string, IndexEntry>> {
    return (yield* statOrNull(`${this.dir}/index`)) === null ? new Map() : readIndex(yield* readFile(`${this.dir}/index`));
  }

  *writeIndex(index: Index): Sim<void> {
    yield* writeFile(`${this.dir}/index`, writeIndex(index));
  }

  // References.

  *head(): Sim<Head> {
    const text = (yield* readText(`${this.dir}/HEAD`)).trim();
    if (!text.startsWith('ref: ')) return { ref: undefined, id: text };
    const ref = text.slice(5);
    return { ref, id: yield* this.ref(ref) };
  }

  *ref(name: string): Sim<string | undefined> {
    const file = `${this.dir}/${name}`;
    const st = yield* statOrNull(file);
    if (st !== null && (st.mode & 0o170000) === 0o100000) {
      const text = (yield* readText(file)).trim();
      if (text.startsWith('ref: ')) return yield* this.ref(text.slice(5));
      return /^[0-9a-f]{40}$/.test(text) ? text : undefined;
    }
    const packed = `${this.dir}/packed-refs`;
    if ((yield* statOrNull(packed)) === null) return undefined;
    const line = (yield* readText(packed)).split('\n').find((l) => l.endsWith(` ${name}`));
    return line?.slice(0, 40);
  }

  /** All references below a prefix (`refs/heads/`), by full name, sorted. */
  *refs(prefix: string): Sim<Map<string, string>> {
    const found = new Map<string, string>();
    const walk = function* (this: Repository, folder: string): Sim<void> {
      if ((yield* statOrNull(`${this.dir}/${folder}`)) === null) return;
      for (const entry of yield* readdir(`${this.dir}/${folder}`)) {
        const name = `${folder}/${entry.name}`;
        if (((yield* lstatOrNull(`${this.dir}/${name}`))?.mode ?? 0) & 0o040000) yield* walk(name);
        else {
          const id = yield* this.ref(name);
          if (id !== undefined) found.set(name, id);
        }
      }
    }.bind(this);
    yield* walk(prefix.replace(/\/$/, ''));
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  *setRef(name: string, id: string): Sim<void> {
    yield* mkdirAll(`${this.dir}/${name.slice(0, name.lastIndexOf('/'))}`);
    yield* writeFile(`${this.dir}/${name}`, `${id}\n`);
  }

  *deleteRef(name: string): Sim<void> {
    yield* unlink(`${this.dir}/${name}`);
  }

  /** Points HEAD at a branch or at a commit. */
  *setHead(target: { readonly ref: string } | { readonly id: string }): Sim<void> {
    yield* writeFile(`${this.dir}/HEAD`, 'ref' in target ? `ref: ${target.ref}\n` : `${target.id}\n`);
  }

  /** Moves the branch that HEAD is on, or HEAD. */
  *moveHead(id: string): Sim<void> {
    const { ref } = yield* this.head();
    if (ref === undefined) yield* this.setHead({ id });
    else yield* this.setRef(ref, id);
  }

  /** Notes in HEAD's log where it went, so that `-` finds the way back. */
  *logSwitch(from: string, to: string, ids: readonly [string | undefined, string | undefined]): Sim<void> {
    const none = '0'.repeat(40);
    yield* mkdirAll(`${this.dir}/logs`);
    const who = `${(yield* this.setting('user.name')) ?? 'root'} <${(yield* this.setting('user.email')) ?? 'root@localhost'}>`;
    const time = Math.floor((yield* wallClock()) / 1e6);
    yield* appendFile(
      `${this.dir}/logs/HEAD`,
      `${ids[0] ?? none} ${ids[1] ?? none} ${who} ${time} +0000\tcheckout: moving from ${from} to ${to}\n`,
    );
  }

  /** Where HEAD went last, and from where. */
  *lastSwitch(): Sim<{ readonly from: string; readonly to: string } | undefined> {
    const m = [...(yield* textOrEmpty(`${this.dir}/logs/HEAD`)).matchAll(/\tcheckout: moving from (\S+) to (\S+)$/gm)].at(-1);
    return m && { from: m[1], to: m[2] };
  }

  // Configuration.

  /** All values, the repository's own last. */
  *config(): Sim<ConfigValue[]> {
    return [...(yield* globalConfig()), ...parseConfig(yield* textOrEmpty(`${this.dir}/config`))];
  }

  *setting(key: string): Sim<string | undefined> {
    return lastValue(yield* this.config(), key);
  }
}

export function lastValue(values: readonly ConfigValue[], key: string): string | undefined {
  const wanted = normalKey(key);
  return values.findLast((v) => v.key === wanted)?.value;
}

export function* textOrEmpty(path: string): Sim<string> {
  return (yield* statOrNull(path)) === null ? '' : yield* readText(path);
}

/** `~/.gitconfig` or undefined without a home. */
export function* globalConfigPath(): Sim<string> {
  return `${(yield* getenv('HOME')) ?? ''}/.gitconfig`;
}

export function* globalConfig(): Sim<ConfigValue[]> {
  return [...parseConfig(yield* textOrEmpty('/etc/gitconfig')), ...parseConfig(yield* textOrEmpty(yield* globalConfigPath()))];
}
