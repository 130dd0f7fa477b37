import type { Sim } from '../../../kernel/sim.ts';
import { readdir, statOrNull } from '../../../kernel/syscalls.ts';
import { Fatal } from '../failure.ts';
import type { Repository } from './repository.ts';

const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
const ABBREVIATED = 7;

/** The id that a name stands for: a reference, an abbreviated id, with `~n` and `^n` after it (gitrevisions). Undefined if none. */
export function* resolve(repo: Repository, text: string): Sim<string | undefined> {
  const m = /^(.*?)((?:~\d*|\^\d*|\^\{\w*\})*)$/.exec(text);
  let id = yield* named(repo, m?.[1] ?? text);
  for (const [, kind, count] of (m?.[2] ?? '').matchAll(/([~^])(\d*)/g)) {
    if (id === undefined) return undefined;
    const n = count === '' ? 1 : Number(count);
    if (kind === '^') {
      if (n > 0) id = (yield* repo.commit(id)).parents[n - 1];
    } else for (let i = 0; i < n && id !== undefined; i++) id = (yield* repo.commit(id)).parents[0];
  }
  return id;
}

function* named(repo: Repository, name: string): Sim<string | undefined> {
  if (name === 'HEAD' || name === '@') return (yield* repo.head()).id;
  for (const place of PLACES) {
    if (place === '' && !name.startsWith('refs/')) continue;
    const id = yield* repo.ref(place + name);
    if (id !== undefined) return id;
  }
  const remote = yield* repo.ref(`refs/remotes/${name}/HEAD`);
  if (remote !== undefined) return remote;
  if (!/^[0-9a-f]{4,40}$/.test(name)) return undefined;
  if (name.length === 40) return (yield* repo.has(name)) ? name : undefined;
  const folder = `${repo.dir}/objects/${name.slice(0, 2)}`;
  if ((yield* statOrNull(folder)) === null) return undefined;
  const found = (yield* readdir(folder)).filter((e) => e.name.startsWith(name.slice(2)));
  return found.length === 1 ? name.slice(0, 2) + found[0].name : undefined;
}

/** Like {@link resolve}; complains as git does about what might be a revision or a file. */
export function* resolveOrFail(repo: Repository, text: string): Sim<string> {
  const id = yield* resolve(repo, text);
  if (id !== undefined) return id;
  throw new Fatal(
    `ambiguous argument '${text}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
    128,
  );
}

export const short = (id: string): string => id.slice(0, ABBREVIATED);
export const branchName = (ref: string): string => ref.replace(/^refs\/(?:heads|remotes|tags)\//, '');

/** `at v1`, `from 1234567`: what a detached HEAD is said to be at. */
export function* detachedAt(repo: Repository, id: string): Sim<string> {
  const to = (yield* repo.lastSwitch())?.to;
  if (to === undefined) return `at ${short(id)}`;
  const there = yield* resolve(repo, to);
  const isRef = (yield* repo.ref(`refs/tags/${to}`)) !== undefined || (yield* repo.ref(`refs/remotes/${to}`)) !== undefined;
  const name = isRef ? to : short(there ?? id);
  return `${isRef && there !== id ? 'from' : 'at'} ${isRef ? name : short(id)}`;
}
