/** Makes git objects of a repository written down as files and commits. */

import { encodeUtf8 } from '../../../../lib/utf8.ts';
import { blob, commitObject, type GitObject, objectId, treeObject } from '../../../../programs/lib/git/objects.ts';
import type { Hosted } from '../../../../programs/lib/git/uploadPack.ts';

/** One commit: what it changes; null deletes a file. A path that ends in `*` is executable. */
export interface Step {
  readonly message: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly files: Readonly<Record<string, string | null>>;
}

export interface RepositorySource {
  /** `owner/name` */
  readonly name: string;
  readonly about: string;
  readonly branch: string;
  readonly steps: readonly Step[];
  /** Further branches: from a number of steps of the main one, with steps of their own. */
  readonly branches?: Readonly<Record<string, { readonly from: number; readonly steps: readonly Step[] }>>;
}

const AUTHOR = { name: 'Drydock', email: 'drydock@example.com', zone: '+0000' } as const;

export interface BuiltRepository extends Hosted {
  /** Files of the main branch by path. */
  readonly files: ReadonlyMap<string, string>;
}

export function buildRepository(source: RepositorySource): BuiltRepository {
  const objects = new Map<string, GitObject>();
  const put = (object: GitObject): string => {
    const id = objectId(object);
    objects.set(id, object);
    return id;
  };
  const tree = (files: ReadonlyMap<string, string>): string => {
    const folders = new Map<string, Map<string, string>>();
    const entries = [];
    for (const [path, text] of files) {
      const slash = path.indexOf('/');
      if (slash >= 0) {
        const inside = folders.get(path.slice(0, slash)) ?? new Map<string, string>();
        folders.set(path.slice(0, slash), inside.set(path.slice(slash + 1), text));
      } else
        entries.push({ mode: path.endsWith('*') ? '100755' : '100644', name: path.replace(/\*$/, ''), id: put(blob(encodeUtf8(text))) });
    }
    for (const [name, inside] of folders) entries.push({ mode: '40000', name, id: tree(inside) });
    return put(treeObject(entries));
  };
  const commits: string[] = [];
  const states: ReadonlyMap<string, string>[] = [];
  const grow = (steps: readonly Step[], start: ReadonlyMap<string, string>, parent: string | undefined, keep: boolean): string => {
    let files = start;
    let id = parent;
    for (const step of steps) {
      const next = new Map(files);
      for (const [path, text] of Object.entries(step.files)) {
        if (text === null) next.delete(path);
        else next.set(path, text);
      }
      files = next;
      const by = { ...AUTHOR, time: step.time };
      id = put(
        commitObject({ tree: tree(files), parents: id === undefined ? [] : [id], author: by, committer: by, message: `${step.message}\n` }),
      );
      if (keep) {
        commits.push(id);
        states.push(files);
      }
    }
    return id as string;
  };
  const refs = new Map([[`refs/heads/${source.branch}`, grow(source.steps, new Map(), undefined, true)]]);
  for (const [name, { from, steps }] of Object.entries(source.branches ?? {}))
    refs.set(`refs/heads/${name}`, grow(steps, states[from - 1], commits[from - 1], false));
  return { objects, refs, head: `refs/heads/${source.branch}`, files: states[states.length - 1] };
}
