import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  chmod as chmodCall,
  chown as chownCall,
  lchown,
  lstat,
  readdir,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  type Stat,
  stat,
  umask,
} from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { type ModeChange, parseMode, permissionLetters } from './lib/mode.ts';
import { type OptionSpec, type ParsedOptions, parseArguments, parseOptions } from './lib/options.ts';
import { joinPath } from './lib/paths.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers, type UserTable } from './lib/users.ts';

const CHMOD: OptionSpec = {
  short: 'cfvR',
  long: {
    changes: 'c',
    silent: 'f',
    quiet: 'f',
    verbose: 'v',
    recursive: 'R',
    reference: 'ref:',
    'no-preserve-root': 'npr',
    'preserve-root': 'pr',
    dereference: 'deref',
    'no-dereference': 'h',
  },
  usage: '[OPTION]... MODE[,MODE]... FILE...\n[OPTION]... OCTAL-MODE FILE...\n[OPTION]... --reference=RFILE FILE...',
  about: 'Changes the mode of each file.',
};

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

/** Changes permission bits. */
export function* chmod(t: Tool): Sim<void> {
  // `-x`, `-rw` and the like are modes, not options.
  const modeLike = (a: string): boolean => /^-[rwxXstugo,=+0-7-]/.test(a) && !/^-[cfvR]+$/.test(a) && !a.startsWith('--');
  const first = t.args.findIndex(modeLike);
  const args = first >= 0 && !t.args.slice(0, first).includes('--') ? [...t.args.slice(0, first), ...t.args.slice(first + 1)] : t.args;
  const o = first >= 0 && args !== t.args ? parseArguments(args, CHMOD) : yield* parseOptions(t, CHMOD);
  const words = [...o.operands];
  const reference = o.value('ref');
  let change: ModeChange;
  let spelled = '';
  if (reference !== undefined) {
    try {
      const mode = (yield* stat(reference)).mode & 0o7777;
      change = () => mode;
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`failed to get attributes of ${quoteAlways(reference)}: ${error.message}`);
      throw error;
    }
  } else {
    if (args !== t.args) spelled = t.args[first];
    else {
      if (words.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
      spelled = words.shift()!;
    }
    const parsed = parseMode(spelled);
    if (words.length === 0) throw new UsageError(t.busybox ? '' : `missing operand after ${quote(spelled)}`);
    if (parsed === null) {
      if (t.busybox) throw new Fatal(`invalid mode '${spelled}'`);
      throw new UsageError(`invalid mode: ${quote(spelled)}`);
    }
    change = parsed;
  }
  if (words.length === 0) throw new UsageError('missing operand');
  const mask = yield* umask();
  const one = function* (path: string, named: boolean): Sim<void> {
    let info: Stat;
    try {
      info = yield* named ? stat(path) : lstat(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('f')) {
        let dangling = false;
        try {
          dangling = ((yield* lstat(path)).mode & S_IFMT) === S_IFLNK;
        } catch (second) {
          if (!isErrno(second)) throw second;
        }
        yield* t.error(
          t.busybox
            ? `${path}: ${error.message}`
            : dangling
              ? `cannot operate on dangling symlink ${quoteAlways(path)}`
              : `cannot access ${quoteAlways(path)}: ${error.message}`,
        );
      } else t.status = 1;
      return;
    }
    if ((info.mode & S_IFMT) === S_IFLNK) return;
    const directory = (info.mode & S_IFMT) === S_IFDIR;
    const before = info.mode & 0o7777;
    const after = change(before, directory, mask);
    try {
      yield* chmodCall(path, after);
      const changed = before !== after;
      if (o.has('v') || (o.has('c') && changed)) {
        yield* t.print(
          changed
            ? `mode of ${quoteAlways(path)} changed from ${octal(before)} (${permissionLetters(before)}) to ${octal(after)} (${permissionLetters(after)})\n`
            : `mode of ${quoteAlways(path)} retained as ${octal(after)} (${permissionLetters(after)})\n`,
        );
      }
      if (/^-[rwxX]/.test(spelled)) {
        const plain = change(before, directory, 0);
        if (plain !== after) yield* t.error(`${path}: new permissions are ${permissionLetters(after)}, not ${permissionLetters(plain)}`);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('f'))
        yield* t.error(t.busybox ? `${path}: ${error.message}` : `changing permissions of ${quoteAlways(path)}: ${error.message}`);
      else t.status = 1;
    }
    if (o.has('R') && directory) yield* each(t, path, (child) => one(child, false));
  };
  for (const path of words) yield* one(path, true);
}

function* each(t: Tool, path: string, body: (child: string) => Sim<void>): Sim<void> {
  try {
    for (const { name } of yield* readdir(path)) yield* body(joinPath(path, name));
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.error(t.busybox ? `can't open '${path}': ${error.message}` : `cannot read directory ${quoteAlways(path)}: ${error.message}`);
  }
}

const CHOWN: OptionSpec = {
  short: 'cfhvRHLP',
  long: {
    changes: 'c',
    silent: 'f',
    quiet: 'f',
    verbose: 'v',
    recursive: 'R',
    dereference: 'deref',
    'no-dereference': 'h',
    from: 'from:',
    reference: 'ref:',
    'no-preserve-root': 'npr',
    'preserve-root': 'pr',
  },
  usage: '[OPTION]... [OWNER][:[GROUP]] FILE...\n[OPTION]... --reference=RFILE FILE...',
  about: 'Changes the owner and group of each file.',
};

interface Ids {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

function readOwner(t: Tool, text: string, users: UserTable): Ids {
  const m = /^([^:.]*|[^:]*)(?:[:](.*))?$/.exec(text)!;
  let owner = m[1];
  let group = m[2];
  if (group === undefined && text.includes('.') && users.user(text) === undefined)
    [owner, group] = [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)];
  let uid: number | undefined;
  let gid: number | undefined;
  if (owner !== '') {
    const user = users.user(owner);
    uid = user?.uid ?? (/^\d+$/.test(owner) ? Number(owner) : undefined);
    if (uid === undefined) throw new Fatal(t.busybox ? `unknown user ${owner}` : `invalid user: ${quote(text)}`);
    if (group === '') {
      if (!user) throw new Fatal(t.busybox ? `unknown user ${owner}` : `invalid spec: ${quote(text)}`);
      gid = user.gid;
    }
  }
  if (group !== undefined && group !== '') {
    gid = users.group(group)?.gid ?? (/^\d+$/.test(group) ? Number(group) : undefined);
    if (gid === undefined) throw new Fatal(t.busybox ? `unknown group ${group}` : `invalid group: ${quote(text)}`);
  }
  return { uid, gid };
}

function* reference(path: string): Sim<Ids> {
  try {
    const info = yield* stat(path);
    return { uid: info.uid, gid: info.gid };
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`failed to get attributes of ${quoteAlways(path)}: ${error.message}`);
    throw error;
  }
}

/** Changes owners; as chgrp only groups. */
export function* chown(t: Tool, groupOnly = false): Sim<void> {
  const o: ParsedOptions = yield* parseOptions(
    t,
    groupOnly
      ? { ...CHOWN, usage: '[OPTION]... GROUP FILE...\n[OPTION]... --reference=RFILE FILE...', about: 'Changes the group of each file.' }
      : CHOWN,
  );
  const words = [...o.operands];
  const users = yield* readUsers();
  const like = o.value('ref');
  let ids: Ids;
  if (like !== undefined) {
    if (words.length === 0) throw new UsageError('missing operand');
    ids = yield* reference(like);
    if (groupOnly) ids = { uid: undefined, gid: ids.gid };
  } else {
    if (words.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
    const spec = words.shift()!;
    if (words.length === 0) throw new UsageError(t.busybox ? '' : `missing operand after ${quote(spec)}`);
    if (groupOnly) {
      const gid = users.group(spec)?.gid ?? (/^\d+$/.test(spec) ? Number(spec) : undefined);
      if (gid === undefined && spec !== '') throw new Fatal(t.busybox ? `unknown group ${spec}` : `invalid group: ${quote(spec)}`);
      ids = { uid: undefined, gid };
    } else ids = readOwner(t, spec, users);
  }
  const from = o.value('from') === undefined ? undefined : readOwner(t, o.value('from')!, users);
  const name = (uid: number, gid: number): string => {
    if (ids.uid !== undefined && ids.gid !== undefined) return `${users.userName(uid)}:${users.groupName(gid)}`;
    return ids.uid !== undefined ? users.userName(uid) : users.groupName(gid);
  };
  const what = ids.uid !== undefined || !groupOnly ? 'ownership' : 'group';
  const one = function* (path: string, named: boolean): Sim<void> {
    let info: Stat;
    const own = o.has('h') || (o.has('R') && !o.has('L') && !(o.has('H') && named));
    try {
      info = yield* own ? lstat(path) : stat(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('f')) yield* t.error(t.busybox ? `${path}: ${error.message}` : `cannot access ${quoteAlways(path)}: ${error.message}`);
      else t.status = 1;
      return;
    }
    // The tree first: a directory given away may be closed to its former owner.
    if (o.has('R') && (info.mode & S_IFMT) === S_IFDIR) yield* each(t, path, (child) => one(child, false));
    if (from && ((from.uid !== undefined && from.uid !== info.uid) || (from.gid !== undefined && from.gid !== info.gid))) return;
    const uid = ids.uid ?? info.uid;
    const gid = ids.gid ?? info.gid;
    try {
      yield* own ? lchown(path, uid, gid) : chownCall(path, uid, gid);
      const changed = uid !== info.uid || gid !== info.gid;
      if (o.has('v') || (o.has('c') && changed)) {
        yield* t.print(
          changed
            ? `changed ${what} of ${quoteAlways(path)} from ${name(info.uid, info.gid)} to ${name(uid, gid)}\n`
            : `${what} of ${quoteAlways(path)} retained as ${name(uid, gid)}\n`,
        );
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('f'))
        yield* t.error(t.busybox ? `${path}: ${error.message}` : `changing ${what} of ${quoteAlways(path)}: ${error.message}`);
      else t.status = 1;
    }
  };
  for (const path of words) yield* one(path, true);
}

export const programs: readonly Program[] = [tool('chmod', chmod), tool('chown', (t) => chown(t)), tool('chgrp', (t) => chown(t, true))];
