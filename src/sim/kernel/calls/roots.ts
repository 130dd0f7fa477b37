/** File system calls under another root, as a thread makes them after unshare(CLONE_FS | CLONE_NEWNS) and pivot_root. */
import type { Namespaces, Process } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import type { Place } from '../vfs/mounts.ts';
import { caller } from './context.ts';

/** What a thread of its own root sees. */
export interface RootView {
  readonly namespaces: Namespaces;
  readonly root: Place;
  readonly cwd: Place;
}

/** Runs `body` with that root. Other threads of the process keep theirs: the root changes around each single step. */
export function* inRoot<T>(view: RootView, body: Sim<T>): Sim<T> {
  const process = yield* caller();
  const step = <A>(run: () => A): A => under(process, view, run);
  let next = step(() => body.next(undefined));
  let ended = false;
  try {
    while (!next.done) {
      const request = next.value;
      let answer: unknown;
      try {
        answer = yield request;
      } catch (error) {
        next = step(() => body.throw(error));
        continue;
      }
      next = step(() => body.next(answer));
    }
    ended = true;
    return next.value;
  } finally {
    if (!ended) step(() => body.return(undefined as T));
  }
}

function under<A>(process: Process, view: RootView, run: () => A): A {
  const { namespaces, root, cwd } = process;
  Object.assign(process, { namespaces: { ...namespaces, mnt: view.namespaces.mnt }, root: view.root, cwd: view.cwd });
  try {
    return run();
  } finally {
    Object.assign(process, { namespaces, root, cwd });
  }
}
