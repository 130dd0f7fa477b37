import { isErrno } from '../../../kernel/errno.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import {
  chdir,
  chmod,
  chown,
  close,
  credentials,
  lchown,
  link,
  lstatOrNull,
  mkdir,
  mkdirAll,
  mknod,
  open,
  readAll,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  symlink,
  umask,
  unlink,
  utimes,
  wallClock,
  write,
} from '../../../kernel/syscalls.ts';
import { readTar, TAR_BLOCK, type TarArchive, type TarEntry, TarError } from '../../../lib/tar/index.ts';
import { formatOf, unpack } from '../../gzip.ts';
import { parentOf } from '../../small.ts';
import { Done } from '../failure.ts';
import { fnmatch } from '../glob.ts';
import type { Tool } from '../tool.ts';
import { readUsers } from '../users.ts';
import { TarDescriber, transformed } from './describe.ts';
import type { TarPlan } from './plan.ts';

/** `tar t` and `tar x`. Answers with the exit status. */
export function* readArchive(t: Tool, plan: TarPlan, extract: boolean): Sim<number> {
  const archive = yield* load(t, plan);
  if (archive === null) return t.failStatus;
  if (extract && plan.directory !== undefined) {
    try {
      yield* chdir(plan.directory);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.warn(
        t.busybox ? `can't change directory to '${plan.directory}': ${error.message}` : `${plan.directory}: Cannot open: ${error.message}`,
      );
      if (!t.busybox) yield* t.warn('Error is not recoverable: exiting now');
      return t.failStatus;
    }
  }
  return yield* new Reader(t, plan, extract).run(archive);
}

function* unrecoverable(t: Tool, message: string): Sim<null> {
  yield* t.warn(message);
  if (!t.busybox) yield* t.warn('Error is not recoverable: exiting now');
  return null;
}

function* load(t: Tool, plan: TarPlan): Sim<TarArchive | null> {
  let bytes: Uint8Array;
  try {
    const fd = plan.file === '-' ? 0 : yield* open(plan.file, 'r');
    bytes = yield* readAll(fd);
    if (fd !== 0) yield* close(fd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (t.busybox) return yield* unrecoverable(t, `can't open '${plan.file}': ${error.message}`);
    if (error.code === 'EISDIR') {
      yield* t.warn(`${plan.file}: Cannot read: Is a directory`);
      yield* t.warn('At beginning of tape, quitting now');
      yield* t.warn('Error is not recoverable: exiting now');
      return null;
    }
    return yield* unrecoverable(t, `${plan.file}: Cannot open: ${error.message}`);
  }
  const found = formatOf(bytes);
  const format = plan.compression ?? found;
  if (format !== undefined && found !== undefined) {
    const plain = unpack(bytes, found);
    if (plain === null || (plan.compression !== undefined && plan.compression !== found))
      return yield* notCompressed(t, plan.compression ?? found, plain === null && found === plan.compression);
    bytes = plain;
  } else if (plan.compression !== undefined) return yield* notCompressed(t, plan.compression, false);
  if (bytes.length === 0 && plan.compression === undefined && !t.busybox) {
    return { entries: [], global: new Map() };
  }
  try {
    if (bytes.length < TAR_BLOCK) throw new TarError('shorter than a block');
    return readTar(bytes);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    if (t.busybox) {
      yield* t.warn(bytes.length < TAR_BLOCK ? 'short read' : 'invalid tar magic');
      return null;
    }
    if (error.message === 'unexpected EOF') return yield* unrecoverable(t, 'Unexpected EOF in archive');
    yield* t.warn('This does not look like a tar archive');
    yield* t.warn('Exiting with failure status due to previous errors');
    return null;
  }
}

function* notCompressed(t: Tool, format: string, truncated: boolean): Sim<null> {
  if (t.busybox) return yield* unrecoverable(t, 'invalid magic');
  if (format === 'gzip') yield* write(2, truncated ? '\ngzip: stdin: unexpected end of file\n' : '\ngzip: stdin: not in gzip format\n');
  else if (format === 'xz') yield* write(2, 'xz: (stdin): File format not recognized\n');
  else yield* write(2, 'bzip2: (stdin) is not a bzip2 file.\n');
  yield* t.warn('Child returned status 1');
  yield* t.warn('Error is not recoverable: exiting now');
  return null;
}

class Reader {
  readonly #t: Tool;
  readonly #plan: TarPlan;
  readonly #extract: boolean;
  readonly #describer: TarDescriber;
  readonly #hits = new Set<string>();
  readonly #directories: { readonly path: string; readonly entry: TarEntry }[] = [];
  #failed = false;
  #warned = false;

  constructor(t: Tool, plan: TarPlan, extract: boolean) {
    this.#t = t;
    this.#plan = plan;
    this.#extract = extract;
    this.#describer = new TarDescriber(plan, t.busybox);
  }

  *run(archive: TarArchive): Sim<number> {
    const t = this.#t;
    const plan = this.#plan;
    if (archive.entries.length === 0 && plan.operands.length === 0 && archive.global.size === 0) return 0;
    const root = (yield* credentials()).euid === 0;
    const users = yield* readUsers();
    const mask = yield* umask();
    const now = yield* wallClock();
    for (const entry of archive.entries) {
      yield* pause();
      if (!this.#wanted(entry.name) || plan.excluded(entry.name)) continue;
      const listed = entry.type === 'directory' && !entry.name.endsWith('/') ? `${entry.name}/` : entry.name;
      let name = transformed(listed, plan.transform);
      if (plan.strip > 0) {
        name = name.split('/').slice(plan.strip).join('/');
        if (name === '') continue;
      }
      if (!this.#extract) {
        yield* t.print(
          plan.verbose > 0
            ? this.#describer.line(entry, plan.showTransformed ? name : listed)
            : `${plan.showTransformed ? name : listed}\n`,
        );
        continue;
      }
      if (plan.verbose > 0) {
        const line = plan.verbose > 1 ? this.#describer.line(entry, listed) : `${plan.showTransformed ? name : listed}\n`;
        if (plan.toStdout) yield* write(2, line);
        else yield* t.print(line);
      }
      if (plan.toStdout) {
        if (entry.type === 'file') yield* t.out.bytes(entry.data);
        continue;
      }
      const path = yield* this.#safe(name);
      if (path === '') continue;
      try {
        if (!(yield* this.#make(path, entry, mask))) continue;
        if (plan.sameOwner ?? root) {
          const uid = plan.numericOwner ? entry.uid : (users.user(entry.uname)?.uid ?? entry.uid);
          const gid = plan.numericOwner ? entry.gid : (users.group(entry.gname)?.gid ?? entry.gid);
          yield* entry.type === 'symlink' ? lchown(path, uid, gid) : chown(path, uid, gid);
        }
        if (entry.type === 'directory') this.#directories.push({ path, entry });
        else if (entry.type !== 'hardlink') {
          if (entry.type !== 'symlink') yield* chmod(path, plan.permissions || root ? entry.mode : entry.mode & ~mask & 0o777);
          if (!plan.noTimes) yield* utimes(path, now, entry.mtime, { nofollow: true });
        }
      } catch (error) {
        if (!isErrno(error)) throw error;
        this.#failed = true;
        const what =
          entry.type === 'directory'
            ? 'Cannot mkdir'
            : entry.type === 'hardlink'
              ? `Cannot hard link to '${entry.linkname}'`
              : entry.type === 'symlink'
                ? `Cannot create symlink to '${entry.linkname}'`
                : 'Cannot open';
        yield* t.warn(t.busybox ? `can't open '${path}': ${error.message}` : `${listed}: ${what}: ${error.message}`);
        if (t.busybox) return 1;
      }
    }
    for (const { path, entry } of this.#directories.reverse()) {
      yield* chmod(path, plan.permissions || root ? entry.mode : entry.mode & ~mask & 0o777);
      if (!plan.noTimes) yield* utimes(path, now, entry.mtime);
    }
    yield* t.out.flush();
    for (const { name } of plan.operands) {
      if (this.#hits.has(name)) continue;
      this.#failed = true;
      yield* t.warn(t.busybox ? `${name}: not found in archive` : `${name}: Not found in archive`);
    }
    if (!this.#failed) return 0;
    if (!t.busybox) yield* t.warn('Exiting with failure status due to previous errors');
    throw new Done(t.failStatus);
  }

  #wanted(name: string): boolean {
    if (this.#plan.operands.length === 0) return true;
    const bare = name.replace(/\/$/, '');
    let any = false;
    for (const { name: pattern } of this.#plan.operands) {
      const p = pattern.replace(/(?<=.)\/+$/, '');
      const hit =
        bare === p ||
        bare.startsWith(`${p}/`) ||
        (this.#plan.wildcards && (fnmatch(p, bare) || bare.split('/').some((_, i, all) => fnmatch(p, all.slice(0, i + 1).join('/')))));
      if (hit) {
        this.#hits.add(pattern);
        any = true;
      }
    }
    return any;
  }

  *#safe(name: string): Sim<string> {
    const bare = name.replace(/(?<=.)\/+$/, '');
    if (this.#plan.absolute) return bare;
    const cut = /^(?:\/+|(?:.*\/)?\.\.\/)+/.exec(bare)?.[0] ?? '';
    if (cut !== '' && !this.#warned) {
      this.#warned = true;
      yield* this.#t.warn(this.#t.busybox ? `removing leading '${cut}' from member names` : `Removing leading \`${cut}' from member names`);
    }
    return bare.slice(cut.length);
  }

  /** False when the member was left out on purpose. */
  *#make(path: string, e: TarEntry, mask: number): Sim<boolean> {
    const old = yield* lstatOrNull(path);
    if (e.type === 'directory') {
      if (old !== null && (old.mode & S_IFMT) === S_IFDIR) return true;
      if (old !== null) yield* unlink(path);
      yield* this.#parents(path);
      yield* mkdir(path, (e.mode & ~mask) | 0o700);
      return true;
    }
    if (old !== null) {
      if (this.#plan.skipOld) return false;
      if (this.#plan.keepOld) {
        this.#failed = true;
        yield* this.#t.warn(`${path}: Cannot open: File exists`);
        return false;
      }
      if ((old.mode & S_IFMT) !== S_IFDIR) yield* unlink(path);
    }
    yield* this.#parents(path);
    switch (e.type) {
      case 'symlink':
        yield* symlink(e.linkname, path);
        break;
      case 'hardlink':
        yield* link(e.linkname, path);
        break;
      case 'character':
      case 'block':
      case 'fifo':
        yield* mknod(path, e.type === 'fifo' ? S_IFIFO : e.type === 'block' ? S_IFBLK : S_IFCHR, e.mode & 0o777, e.rdev);
        break;
      default: {
        const fd = yield* open(path, 'w', 0o600);
        try {
          yield* write(fd, e.data);
        } finally {
          yield* close(fd);
        }
      }
    }
    return true;
  }

  *#parents(path: string): Sim<void> {
    const parent = parentOf(path);
    if (parent !== '.' && parent !== '/') yield* mkdirAll(parent);
  }
}
