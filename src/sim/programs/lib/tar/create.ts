import { isErrno } from '../../../kernel/errno.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import {
  close,
  fstat,
  lstat,
  open,
  readAll,
  readdir,
  readlink,
  removeTree,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFSOCK,
  type Stat,
  stat,
  wallClock,
  write,
} from '../../../kernel/syscalls.ts';
import { concatBytes } from '../../../lib/bytes.ts';
import { readTar, TAR_BLOCK, type TarEntry, TarError, tarMember } from '../../../lib/tar/index.ts';
import { pack } from '../../gzip.ts';
import { compareBytes } from '../compare.ts';
import { parseMode } from '../mode.ts';
import { parseDate } from '../parseDate.ts';
import { joinPath } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { readUsers, type UserTable } from '../users.ts';
import { TarDescriber, transformed } from './describe.ts';
import type { TarPlan } from './plan.ts';

const RECORD = 20 * TAR_BLOCK;
const NO_XATTRS: ReadonlyMap<string, Uint8Array> = new Map();

/** `tar c`. Answers with the exit status. */
export function* createArchive(t: Tool, plan: TarPlan): Sim<number> {
  const writer = new Writer(t, plan, yield* readUsers(), yield* wallClock());
  const target = yield* openTarget(t, plan.file, 'w');
  if (target === null) return t.failStatus;
  if (plan.file !== '-') writer.archive = yield* fstat(target);
  for (const { name, dir } of plan.operands) if (!(yield* writer.operand(name, dir))) return t.failStatus;
  yield* finish(t, target, writer.parts, plan);
  if (plan.file !== '-') yield* close(target);
  return yield* writer.end();
}

/** `tar r`: members behind those that are there. */
export function* appendArchive(t: Tool, plan: TarPlan): Sim<number> {
  const writer = new Writer(t, plan, yield* readUsers(), yield* wallClock());
  let old = new Uint8Array(0);
  const fd = yield* openTarget(t, plan.file, 'old');
  if (fd !== null) {
    old = (yield* readAll(fd)).slice();
    yield* close(fd);
  }
  const target = yield* openTarget(t, plan.file, 'w');
  if (target === null) return t.failStatus;
  writer.parts.push(old.subarray(0, endOfMembers(old)));
  for (const { name, dir } of plan.operands) yield* writer.operand(name, dir);
  yield* finish(t, target, writer.parts, plan);
  yield* close(target);
  return yield* writer.end();
}

/** Where the two zero blocks begin. */
function endOfMembers(archive: Uint8Array): number {
  try {
    readTar(archive);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    return 0;
  }
  let end = archive.length - (archive.length % TAR_BLOCK);
  while (end >= TAR_BLOCK && archive.subarray(end - TAR_BLOCK, end).every((b) => b === 0)) end -= TAR_BLOCK;
  return end;
}

function* openTarget(t: Tool, file: string, how: 'w' | 'old'): Sim<number | null> {
  if (file === '-') return 1;
  try {
    return yield* open(file, how === 'w' ? 'w' : 'r');
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (how === 'old') return null;
    yield* t.warn(t.busybox ? `can't open '${file}': ${error.message}` : `${file}: Cannot open: ${error.message}`);
    if (!t.busybox) yield* t.warn('Error is not recoverable: exiting now');
    return null;
  }
}

function* finish(t: Tool, fd: number, parts: readonly Uint8Array[], plan: TarPlan): Sim<void> {
  const length = parts.reduce((n, p) => n + p.length, 0) + 2 * TAR_BLOCK;
  const padded = t.busybox ? length : Math.ceil(length / RECORD) * RECORD;
  const whole = concatBytes([...parts, new Uint8Array(padded - length + 2 * TAR_BLOCK)]);
  yield* t.out.flush();
  yield* write(fd, plan.compression === undefined ? whole : pack(whole, plan.compression));
  if (plan.totals) yield* write(2, `Total bytes written: ${whole.length} (${Math.ceil(whole.length / 1024)}KiB, 10MiB/s)\n`);
}

class Writer {
  readonly parts: Uint8Array[] = [];
  archive: Stat | undefined;
  readonly #t: Tool;
  readonly #plan: TarPlan;
  readonly #users: UserTable;
  readonly #now: number;
  readonly #describer: TarDescriber;
  readonly #links = new Map<string, string>();
  readonly #warned = new Set<string>();
  #failed = false;

  constructor(t: Tool, plan: TarPlan, users: UserTable, now: number) {
    this.#t = t;
    this.#plan = plan;
    this.#users = users;
    this.#now = now;
    this.#describer = new TarDescriber(plan, t.busybox);
  }

  /** False when tar gives up at once. */
  *operand(name: string, dir: string | undefined): Sim<boolean> {
    if (dir !== undefined) {
      try {
        const info = yield* stat(dir);
        if ((info.mode & S_IFMT) !== S_IFDIR) throw new Error('Not a directory');
      } catch (error) {
        const reason = error instanceof Error ? error.message : '';
        yield* this.#t.warn(this.#t.busybox ? `can't change directory to '${dir}': ${reason}` : `${dir}: Cannot open: ${reason}`);
        if (!this.#t.busybox) yield* this.#t.warn('Error is not recoverable: exiting now');
        return false;
      }
    }
    yield* this.#add(name.replace(/(?<=.)\/+$/, ''), dir);
    return true;
  }

  *end(): Sim<number> {
    if (!this.#failed) return 0;
    yield* this.#t.warn(this.#t.busybox ? 'error exit delayed from previous errors' : 'Exiting with failure status due to previous errors');
    return this.#t.failStatus;
  }

  *#fail(message: string): Sim<void> {
    this.#failed = true;
    yield* this.#t.warn(message);
  }

  /** The name in the archive: without a leading slash or `../`. */
  *#member(name: string): Sim<string> {
    if (this.#plan.absolute) return name;
    const cut = /^(?:\/+|(?:.*\/)?\.\.\/)+/.exec(name)?.[0] ?? '';
    if (cut === '') return name;
    if (!this.#warned.has(cut)) {
      this.#warned.add(cut);
      yield* this.#t.warn(this.#t.busybox ? `removing leading '${cut}' from member names` : `Removing leading \`${cut}' from member names`);
    }
    return name.slice(cut.length) || './';
  }

  *#add(name: string, dir: string | undefined): Sim<void> {
    const t = this.#t;
    const plan = this.#plan;
    const path = dir === undefined || name.startsWith('/') ? name : joinPath(dir, name);
    if (plan.excluded(name)) return;
    yield* pause();
    let info: Stat;
    try {
      info = yield* plan.dereference ? stat(path) : lstat(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#fail(t.busybox ? `${name}: ${error.message}` : `${name}: Cannot stat: ${error.message}`);
      return;
    }
    if (this.archive !== undefined && info.ino === this.archive.ino && info.dev === this.archive.dev) {
      yield* t.warn(t.busybox ? `${name}: file is the archive; skipping` : `${name}: archive cannot contain itself; not dumped`);
      return;
    }
    const type = info.mode & S_IFMT;
    if (type === S_IFSOCK) {
      yield* t.warn(`${name}: socket ignored`);
      return;
    }
    const member = transformed(yield* this.#member(name), plan.transform);
    const directory = type === S_IFDIR;
    const key = `${info.dev}:${info.ino}`;
    let data = new Uint8Array(0);
    let kind: TarEntry['type'] = directory
      ? 'directory'
      : type === S_IFLNK
        ? 'symlink'
        : type === S_IFCHR
          ? 'character'
          : type === S_IFBLK
            ? 'block'
            : type === S_IFIFO
              ? 'fifo'
              : 'file';
    let linkname = '';
    try {
      if (kind === 'symlink') linkname = yield* readlink(path);
      else if (kind === 'file') {
        const first = info.nlink > 1 ? this.#links.get(key) : undefined;
        if (first !== undefined) [kind, linkname] = ['hardlink', first];
        else {
          const fd = yield* open(path, 'r');
          data = (yield* readAll(fd)).slice();
          yield* close(fd);
          if (info.nlink > 1) this.#links.set(key, member);
        }
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#fail(t.busybox ? `can't open '${name}': ${error.message}` : `${name}: Cannot open: ${error.message}`);
      return;
    }
    const entry: TarEntry = {
      name: directory && !member.endsWith('/') ? `${member}/` : member,
      type: kind,
      mode: this.#mode(info),
      uid: this.#id('owner', info.uid),
      gid: this.#id('group', info.gid),
      uname: this.#owner('owner', info.uid),
      gname: this.#owner('group', info.gid),
      mtime: this.#time(info),
      linkname,
      rdev: info.rdev,
      data,
      xattrs: NO_XATTRS,
    };
    const shown = plan.showTransformed ? entry.name : directory ? `${name.replace(/\/$/, '')}/` : name;
    if (plan.verbose > 0) {
      const line = plan.verbose > 1 ? this.#describer.line(entry, shown) : `${shown}\n`;
      if (plan.file === '-') yield* write(2, line);
      else yield* t.print(line);
    }
    this.parts.push(...tarMember(entry));
    if (directory && plan.recursion) {
      let children: string[];
      try {
        children = (yield* readdir(path)).map((d) => d.name);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#fail(`${name}: Cannot open: ${error.message}`);
        return;
      }
      if (plan.sortByName) children.sort(compareBytes);
      for (const child of children) yield* this.#add(joinPath(name, child), dir);
    }
    if (plan.removeFiles) yield* removeTree(path);
  }

  #mode(info: Stat): number {
    const change = this.#plan.mode === undefined ? null : parseMode(this.#plan.mode);
    return change === null ? info.mode & 0o7777 : change(info.mode & 0o7777, (info.mode & S_IFMT) === S_IFDIR, 0);
  }

  #time(info: Stat): number {
    const when = this.#plan.mtime === undefined ? info.mtime : (parseDate(this.#plan.mtime, this.#now) ?? info.mtime);
    return Math.floor(when / 1e6) * 1e6;
  }

  #id(which: 'owner' | 'group', id: number): number {
    const given = this.#plan[which];
    if (given === undefined) return id;
    const [name, number] = given.split(':');
    if (number !== undefined) return Number(number);
    if (/^\d+$/.test(name)) return Number(name);
    return (which === 'owner' ? this.#users.user(name)?.uid : this.#users.group(name)?.gid) ?? id;
  }

  #owner(which: 'owner' | 'group', id: number): string {
    const given = this.#plan[which];
    if (this.#plan.numericOwner) return '';
    if (given !== undefined && !/^\d/.test(given)) return given.split(':')[0];
    const actual = this.#id(which, id);
    return (which === 'owner' ? this.#users.userById(actual)?.name : this.#users.groupById(actual)?.name) ?? '';
  }
}
