import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  chmod,
  chown,
  close,
  lchown,
  link,
  lstat,
  lstatOrNull,
  mkdir,
  mknod,
  open,
  readdir,
  readlink,
  rename,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  type Stat,
  stat,
  statOrNull,
  symlink,
  unlink,
  utimes,
  write,
} from '../../kernel/syscalls.ts';
import { ask } from './ask.ts';
import { type Backup, backupName } from './backup.ts';
import { copyAll } from './input.ts';
import { permissionLetters } from './mode.ts';
import { joinPath } from './paths.ts';
import { quoteAlways } from './quote.ts';
import type { Tool } from './tool.ts';

export interface CopyPlan {
  readonly recursive: boolean;
  /** Copy links as links: never, always, or all but those named (-H). */
  readonly links: 'follow' | 'keep' | 'follow-named';
  readonly mode: boolean;
  readonly ownership: boolean;
  readonly times: boolean;
  readonly hardLinks: boolean;
  readonly force: boolean;
  readonly removeFirst: boolean;
  readonly interactive: boolean;
  readonly noClobber: boolean;
  readonly update: 'all' | 'older' | 'none' | 'none-fail';
  readonly verbose: boolean;
  readonly link: 'hard' | 'symbolic' | undefined;
  readonly attributesOnly: boolean;
  readonly backup: Backup;
  /** Mode bits for new files instead of the source's (install). */
  readonly wantedMode?: number;
}

const type = (s: Stat): number => s.mode & S_IFMT;

/** Copies files and trees for cp, mv across file systems and install. */
export class Copier {
  readonly #t: Tool;
  readonly #plan: CopyPlan;
  readonly #seen = new Map<string, string>();
  readonly #made = new Set<string>();

  constructor(t: Tool, plan: CopyPlan) {
    this.#t = t;
    this.#plan = plan;
  }

  *#cannot(what: string, path: string, error: unknown): Sim<false> {
    if (!isErrno(error)) throw error;
    const t = this.#t;
    if (t.busybox)
      yield* t.error(
        `can't ${what
          .replace(/^(cannot |failed to )/, '')
          .replace('create regular file', 'create')
          .replace(' for reading', '')} '${path}': ${error.message}`,
      );
    else yield* t.error(`${what} ${quoteAlways(path)}: ${error.message}`);
    return false;
  }

  /** True if all of it was copied. `named`: it was an operand. */
  *copy(from: string, to: string, named = true): Sim<boolean> {
    const t = this.#t;
    const plan = this.#plan;
    let source: Stat;
    const follow = plan.links === 'follow' || (plan.links === 'follow-named' && named);
    try {
      source = yield* follow ? stat(from) : lstat(from);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#cannot(t.busybox ? 'stat' : 'cannot stat', from, error);
    }
    if (type(source) === S_IFDIR && !plan.recursive) {
      yield* t.error(t.busybox ? `omitting directory '${from}'` : `-r not specified; omitting directory ${quoteAlways(from)}`);
      return false;
    }
    const old = yield* lstatOrNull(to);
    const oldTarget = old === null ? null : yield* statOrNull(to);
    if (
      oldTarget !== null &&
      oldTarget.ino === source.ino &&
      oldTarget.dev === source.dev &&
      !(plan.link === 'hard') &&
      !(type(source) === S_IFLNK && old!.ino !== source.ino)
    ) {
      if (plan.backup.kind === 'none' || type(source) === S_IFDIR) {
        if (plan.removeFirst && old !== null && type(old) === S_IFLNK) {
          // --remove-destination replaces the link itself.
        } else {
          yield* t.error(
            t.busybox ? `'${from}' and '${to}' are the same file` : `${quoteAlways(from)} and ${quoteAlways(to)} are the same file`,
          );
          return false;
        }
      }
    }
    if (type(source) === S_IFDIR) return yield* this.#directory(from, to, source, oldTarget ?? old, named);
    if (oldTarget !== null && type(oldTarget) === S_IFDIR) {
      yield* t.error(
        t.busybox ? `can't create '${to}': Is a directory` : `cannot overwrite directory ${quoteAlways(to)} with non-directory`,
      );
      return false;
    }
    if (this.#made.has(to) && named) {
      yield* t.error(`will not overwrite just-created ${quoteAlways(to)} with ${quoteAlways(from)}`);
      return false;
    }
    let backup: string | undefined;
    if (old !== null) {
      if (plan.update === 'none') return true;
      if (plan.noClobber) return true;
      if (plan.update === 'none-fail') {
        yield* t.error(`not replacing ${quoteAlways(to)}`);
        return false;
      }
      if (plan.update === 'older' && old.mtime >= source.mtime) return true;
      if (plan.interactive) {
        const writable = (old.mode & 0o222) !== 0;
        const question =
          writable || t.busybox
            ? `overwrite ${quoteAlways(to)}? `
            : `replace ${quoteAlways(to)}, overriding mode ${(old.mode & 0o7777).toString(8).padStart(4, '0')} (${permissionLetters(old.mode)})? `;
        if (!(yield* ask(t, question))) {
          this.#t.status = Math.max(this.#t.status, t.busybox ? 0 : 1);
          return false;
        }
      }
      backup = yield* backupName(to, plan.backup);
      if (backup !== undefined) yield* rename(to, backup);
      else if (
        plan.removeFirst ||
        plan.link !== undefined ||
        type(source) !== S_IFREG ||
        (type(old) === S_IFLNK && plan.links === 'keep')
      ) {
        if (plan.link !== undefined && !plan.force) {
          yield* t.error(
            `cannot create ${plan.link === 'hard' ? 'hard' : 'symbolic'} link ${quoteAlways(to)} to ${quoteAlways(from)}: File exists`,
          );
          return false;
        }
        yield* unlink(to);
      } else if (type(old) === S_IFLNK && oldTarget === null && !t.busybox) {
        yield* t.error(`not writing through dangling symlink ${quoteAlways(to)}`);
        return false;
      }
    }
    if (plan.verbose) yield* this.#tell(from, to, backup);
    try {
      return yield* this.#node(from, to, source);
    } finally {
      this.#made.add(to);
    }
  }

  *#tell(from: string, to: string, backup: string | undefined): Sim<void> {
    yield* this.#t.print(`${quoteAlways(from)} -> ${quoteAlways(to)}${backup === undefined ? '' : ` (backup: ${quoteAlways(backup)})`}\n`);
  }

  *#directory(from: string, to: string, source: Stat, old: Stat | null, named: boolean): Sim<boolean> {
    const t = this.#t;
    const plan = this.#plan;
    if (old !== null && type(old) !== S_IFDIR) {
      yield* t.error(
        t.busybox
          ? `target '${to}' is not a directory`
          : `cannot overwrite non-directory ${quoteAlways(to)} with directory ${quoteAlways(from)}`,
      );
      return false;
    }
    if (named && (yield* this.#inside(from, to))) {
      yield* t.error(`cannot copy a directory, ${quoteAlways(from)}, into itself, ${quoteAlways(to)}`);
      if (old === null) return false;
    }
    if (old === null) {
      try {
        yield* mkdir(to, (source.mode & 0o7777) | 0o700);
      } catch (error) {
        if (!isErrno(error)) throw error;
        return yield* this.#cannot('cannot create directory', to, error);
      }
      if (plan.verbose) yield* this.#tell(from, to, undefined);
    }
    let entries: readonly { readonly name: string }[];
    try {
      entries = yield* readdir(from);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#cannot('cannot access', from, error);
    }
    let whole = true;
    for (const { name } of entries) {
      const child = joinPath(from, name);
      if (named && (yield* this.#isSame(child, to))) continue;
      whole = (yield* this.copy(child, joinPath(to, name), false)) && whole;
    }
    yield* this.#attributes(to, source, old === null);
    return whole;
  }

  *#isSame(a: string, b: string): Sim<boolean> {
    const x = yield* lstatOrNull(a);
    const y = yield* lstatOrNull(b);
    return x !== null && y !== null && x.ino === y.ino && x.dev === y.dev && type(x) === S_IFDIR;
  }

  /** Whether `to` lies in the directory `from`. */
  *#inside(from: string, to: string): Sim<boolean> {
    let at = to;
    for (let i = 0; i < 100; i++) {
      const cut = at.replace(/\/+$/, '').lastIndexOf('/');
      at = cut < 0 ? '.' : at.slice(0, cut) || '/';
      if (yield* this.#isSame(at, from)) return true;
      if (at === '/' || at === '.') break;
    }
    return at === '.' && (yield* this.#isAbove(from));
  }

  *#isAbove(from: string): Sim<boolean> {
    for (let at = '..', i = 0; i < 40; i++, at += '/..') {
      if (yield* this.#isSame(at, from)) return true;
      if (yield* this.#isSame(at, '/')) return false;
    }
    return false;
  }

  *#node(from: string, to: string, source: Stat): Sim<boolean> {
    const plan = this.#plan;
    const t = this.#t;
    if (plan.link !== undefined) {
      try {
        yield* plan.link === 'hard' ? link(from, to) : symlink(from, to);
        return true;
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.error(
          `cannot create ${plan.link === 'hard' ? 'hard' : 'symbolic'} link ${quoteAlways(to)} to ${quoteAlways(from)}: ${error.message}`,
        );
        return false;
      }
    }
    const key = `${source.dev}:${source.ino}`;
    if (plan.hardLinks && source.nlink > 1) {
      const first = this.#seen.get(key);
      if (first !== undefined) {
        yield* link(first, to);
        return true;
      }
      this.#seen.set(key, to);
    }
    try {
      if (type(source) === S_IFLNK) {
        yield* symlink(yield* readlink(from), to);
        if (plan.ownership) yield* quietly(lchown(to, source.uid, source.gid));
        if (plan.times) yield* utimes(to, source.atime, source.mtime, { nofollow: true });
        return true;
      }
      if (type(source) !== S_IFREG && plan.recursive) yield* mknod(to, type(source), source.mode & 0o777, source.rdev);
      else if (!(yield* this.#regular(from, to, source))) return false;
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#cannot(type(source) === S_IFLNK ? 'cannot create symbolic link' : 'cannot create regular file', to, error);
    }
    yield* this.#attributes(to, source, false);
    return true;
  }

  *#regular(from: string, to: string, source: Stat): Sim<boolean> {
    let input: number;
    try {
      input = yield* open(from, 'r');
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#unreadable(from, error.message);
    }
    try {
      let output: number;
      const mode = this.#plan.wantedMode ?? source.mode & 0o777;
      try {
        output = yield* open(to, 'w', mode);
      } catch (error) {
        if (!isErrno(error)) throw error;
        if (error.code === 'EISDIR' || error.code === 'ENOENT' || error.code === 'ENOTDIR') {
          const shown = to.endsWith('/') && error.code !== 'ENOENT' ? 'Not a directory' : error.message;
          yield* this.#t.error(
            this.#t.busybox ? `can't create '${to}': ${shown}` : `cannot create regular file ${quoteAlways(to)}: ${shown}`,
          );
          return false;
        }
        if (!this.#plan.force) return yield* this.#cannot('cannot create regular file', to, error);
        try {
          yield* unlink(to);
          output = yield* open(to, 'w', mode);
        } catch (second) {
          return yield* this.#cannot('cannot create regular file', to, second);
        }
      }
      try {
        if (!this.#plan.attributesOnly) yield* copyAll(input, (chunk) => write(output, chunk));
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#t.error(`error writing ${quoteAlways(to)}: ${error.message}`);
        return false;
      } finally {
        yield* close(output);
      }
      return true;
    } finally {
      yield* close(input);
    }
  }

  *#unreadable(from: string, reason: string): Sim<false> {
    yield* this.#t.error(this.#t.busybox ? `can't open '${from}': ${reason}` : `cannot open ${quoteAlways(from)} for reading: ${reason}`);
    return false;
  }

  *#attributes(to: string, source: Stat, fresh: boolean): Sim<void> {
    const plan = this.#plan;
    if (plan.ownership) yield* quietly(chown(to, source.uid, source.gid));
    if (plan.mode) yield* chmod(to, source.mode & 0o7777);
    else if (fresh) yield* this.#umasked(to, source);
    if (plan.times) yield* utimes(to, source.atime, source.mtime);
  }

  /** A new directory was made writable to fill it; now it gets the source's bits under the umask. */
  *#umasked(to: string, source: Stat): Sim<void> {
    const now = yield* stat(to);
    const wanted = now.mode & 0o7777 & (source.mode | ~0o700);
    if ((now.mode & 0o7777) !== wanted) yield* chmod(to, wanted);
  }
}

/** Ownership is kept where that is allowed. */
function* quietly(call: Sim<void>): Sim<void> {
  try {
    yield* call;
  } catch (error) {
    if (!isErrno(error, 'EPERM')) throw error;
  }
}
