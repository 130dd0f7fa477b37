import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  access,
  findExecutable,
  readdir,
  readlink,
  rmdir,
  run,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  type Stat,
  stat,
  statfs,
  unlink,
} from '../../../kernel/syscalls.ts';
import { ask } from '../ask.ts';
import { fnmatch } from '../glob.ts';
import type { Output } from '../output.ts';
import { lastPart } from '../paths.ts';
import { quote } from '../quote.ts';
import type { Tool } from '../tool.ts';
import { directoryOf, type FindEntry } from './entry.ts';
import type { FindGlobal, FindNode, Range } from './parse.ts';
import { findLs, findPrintf } from './print.ts';

/** `-quit` unwinds the walk. */
export class QuitFind extends Error {}

const BATCH_MAX = 4096;

function inRange(value: number, range: Range): boolean {
  return range.sign === '+' ? value > range.n : range.sign === '-' ? value < range.n : value === range.n;
}

/** Evaluates find's expression on one file after another. */
export class Evaluator {
  readonly #t: Tool;
  readonly #g: FindGlobal;
  readonly #batches = new Set<FindNode & { op: 'exec' }>();
  readonly #outputs = new Set<Output>();
  #pruned = false;
  failed = false;

  constructor(t: Tool, global: FindGlobal) {
    this.#t = t;
    this.#g = global;
  }

  *run(tree: FindNode, entry: FindEntry): Sim<{ readonly pruned: boolean }> {
    this.#pruned = false;
    yield* this.test(tree, entry, this.#t.out);
    return { pruned: this.#pruned };
  }

  /** What is left of `-exec ... +`. */
  *finish(): Sim<void> {
    for (const node of this.#batches) yield* this.#runBatch(node);
    for (const out of this.#outputs) yield* out.flush();
  }

  *test(node: FindNode, e: FindEntry, out: Output): Sim<boolean> {
    const info = e.stat;
    switch (node.op) {
      case 'and':
        return (yield* this.test(node.left, e, out)) && (yield* this.test(node.right, e, out));
      case 'or':
        return (yield* this.test(node.left, e, out)) || (yield* this.test(node.right, e, out));
      case 'list':
        yield* this.test(node.left, e, out);
        return yield* this.test(node.right, e, out);
      case 'not':
        return !(yield* this.test(node.node, e, out));
      case 'true':
        return true;
      case 'false':
        return false;
      case 'print':
        yield* out.write(`${e.path}\n`);
        return true;
      case 'print0':
        yield* out.write(`${e.path}\0`);
        return true;
      case 'printf':
        yield* out.write(yield* findPrintf(node.format, e, this.#g));
        return true;
      case 'ls':
        yield* out.write(yield* findLs(e, this.#g));
        return true;
      case 'to':
        this.#outputs.add(node.out);
        return yield* this.test(node.node, e, node.out);
      case 'prune':
        if (!this.#g.depth) this.#pruned = true;
        return true;
      case 'quit':
        throw new QuitFind();
      case 'delete':
        return yield* this.#delete(e);
      case 'empty':
        return yield* this.#empty(e);
      case 'nouser':
        return this.#g.users.userById(info.uid) === undefined;
      case 'nogroup':
        return this.#g.users.groupById(info.gid) === undefined;
      case 'name':
        return fnmatch(node.pattern, lastPart(e.path), { ignoreCase: node.fold });
      case 'path':
        return fnmatch(node.pattern, e.path, { ignoreCase: node.fold });
      case 'lname':
        return (info.mode & S_IFMT) === S_IFLNK && fnmatch(node.pattern, yield* readlink(e.path), { ignoreCase: node.fold });
      case 'regex':
        return node.regex.test(e.path);
      case 'type':
        return node.types.includes(info.mode & S_IFMT);
      case 'xtype':
        return node.types.includes((yield* this.#followed(e)).mode & S_IFMT);
      case 'size':
        return inRange(Math.ceil(info.size / node.unit), node.range);
      case 'perm': {
        const mode = info.mode & 0o7777;
        return node.how === 'exact'
          ? mode === node.mode
          : node.how === 'all'
            ? (mode & node.mode) === node.mode
            : node.mode === 0 || (mode & node.mode) !== 0;
      }
      case 'time': {
        const now = node.daystart ? Math.ceil(this.#g.now / 86_400e6) * 86_400e6 : this.#g.now;
        return inRange(Math.floor((now - info[node.field]) / node.unit), node.range);
      }
      case 'newer':
        return info[node.field] > node.than;
      case 'uid':
        return inRange(info.uid, node.range);
      case 'gid':
        return inRange(info.gid, node.range);
      case 'inum':
        return inRange(info.ino, node.range);
      case 'links':
        return inRange(info.nlink, node.range);
      case 'samefile':
        return info.ino === node.stat.ino && info.dev === node.stat.dev;
      case 'access':
        return yield* access(e.path, node.mask);
      case 'fstype':
        return (yield* statfs(e.path)).type === node.type;
      case 'exec':
        return yield* this.#exec(node, e);
    }
  }

  *#followed(e: FindEntry): Sim<Stat> {
    try {
      return yield* stat(e.path);
    } catch (error) {
      if (isErrno(error)) return e.stat;
      throw error;
    }
  }

  *#empty(e: FindEntry): Sim<boolean> {
    if ((e.stat.mode & S_IFMT) === S_IFREG) return e.stat.size === 0;
    if ((e.stat.mode & S_IFMT) !== S_IFDIR) return false;
    try {
      return (yield* readdir(e.path)).length === 0;
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#t.error(`${quote(e.path)}: ${error.message}`);
      return false;
    }
  }

  *#delete(e: FindEntry): Sim<boolean> {
    if (e.path === '.') return true;
    try {
      if ((e.stat.mode & S_IFMT) === S_IFDIR) yield* rmdir(e.path);
      else yield* unlink(e.path);
      return true;
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#t.error(`cannot delete ${quote(e.path)}: ${error.message}`);
      return false;
    }
  }

  *#exec(node: FindNode & { op: 'exec' }, e: FindEntry): Sim<boolean> {
    const name = node.inDirectory ? `./${lastPart(e.path)}` : e.path;
    if (node.many) {
      this.#batches.add(node);
      node.batch.push(name);
      if (node.batch.length >= BATCH_MAX || node.inDirectory)
        yield* this.#runBatch(node, node.inDirectory ? directoryOf(e.path) : undefined);
      return true;
    }
    const words = node.words.map((w) => w.replaceAll('{}', name));
    if (node.ask) {
      yield* this.#t.out.flush();
      if (!(yield* ask(undefined, `< ${words[0]} ... ${e.path} > ? `))) return false;
    }
    return (yield* this.#spawn(words, node.inDirectory ? directoryOf(e.path) : undefined)) === 0;
  }

  *#runBatch(node: FindNode & { op: 'exec' }, cwd?: string): Sim<void> {
    if (node.batch.length === 0) return;
    const words = [...node.words, ...node.batch.splice(0)];
    if ((yield* this.#spawn(words, cwd)) !== 0) this.failed = true;
  }

  *#spawn(words: readonly string[], cwd: string | undefined): Sim<number> {
    yield* this.#t.out.flush();
    const path = yield* findExecutable(words[0]);
    if (path === null) {
      yield* this.#t.warn(`${this.#t.busybox ? words[0] : quote(words[0])}: No such file or directory`);
      return 127;
    }
    try {
      return yield* run({ path, argv: words, cwd });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#t.warn(`${quote(words[0])}: ${error.message}`);
      return 126;
    }
  }
}
