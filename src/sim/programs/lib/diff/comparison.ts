/** Two files, or two trees, compared. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, fstat, readAll, readdir, S_IFDIR, S_IFMT, S_IFREG, type Stat, stat } from '../../../kernel/syscalls.ts';
import { equalBytes } from '../../../lib/bytes.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { formatTime } from '../calendar.ts';
import { compareBytes } from '../compare.ts';
import { fnmatch } from '../glob.ts';
import { openInput } from '../input.ts';
import { joinPath, lastPart } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { differences } from './differences.ts';
import { DiffFormatter, type DiffSide } from './format.ts';
import type { Hunk } from './myers.ts';
import type { DiffPlan } from './options.ts';

interface Loaded {
  readonly name: string;
  readonly stat: Stat | null;
  readonly data: Uint8Array;
}

/** Compares what it is pointed at, as a plan says, and prints what differs. */
export class Comparison {
  readonly #t: Tool;
  readonly #plan: DiffPlan;

  constructor(t: Tool, plan: DiffPlan) {
    this.#t = t;
    this.#plan = plan;
  }

  *#trouble(message: string): Sim<2> {
    yield* this.#t.warn(message);
    return 2;
  }

  *#look(path: string): Sim<Stat | null> {
    return path === '-' ? yield* fstat(0) : yield* stat(path);
  }

  /** 0 the same, 1 different, 2 trouble. `top`: the operands themselves. */
  *pair(a: string, b: string, top: boolean): Sim<number> {
    let left: Stat | null = null;
    let right: Stat | null = null;
    let trouble = 0;
    for (const [side, path] of [
      ['a', a],
      ['b', b],
    ] as const) {
      try {
        const info = yield* this.#look(path);
        if (side === 'a') left = info;
        else right = info;
      } catch (error) {
        if (!isErrno(error)) throw error;
        if (this.#plan.newFile && error.code === 'ENOENT') continue;
        trouble = yield* this.#trouble(this.#t.busybox ? `can't stat '${path}': ${error.message}` : `${path}: ${error.message}`);
      }
    }
    if (trouble !== 0) return trouble;
    const dirA = left !== null && (left.mode & S_IFMT) === S_IFDIR;
    const dirB = right !== null && (right.mode & S_IFMT) === S_IFDIR;
    if (dirA && dirB) return yield* this.#directories(a, b, top);
    if (top && dirA && right !== null) return yield* this.pair(joinPath(a, lastPart(b)), b, false);
    if (top && dirB && left !== null) return yield* this.pair(a, joinPath(b, lastPart(a)), false);
    if (dirA !== dirB && left !== null && right !== null) {
      yield* this.#t.print(`File ${a} is a ${kind(left)} while file ${b} is a ${kind(right)}\n`);
      return 1;
    }
    if (left !== null && right !== null && left.ino === right.ino && left.dev === right.dev && (left.mode & S_IFMT) === S_IFREG) {
      if (this.#plan.reportSame) yield* this.#t.print(`Files ${a} and ${b} are identical\n`);
      if (this.#plan.style !== 'side' || this.#plan.suppressCommon) return 0;
    }
    return yield* this.#files(a, b, left, right, top);
  }

  *#load(path: string, info: Stat | null): Sim<Loaded> {
    if (info === null) return { name: path, stat: null, data: new Uint8Array(0) };
    const fd = yield* openInput(path);
    try {
      return { name: path, stat: info, data: yield* readAll(fd) };
    } finally {
      if (fd !== 0) yield* close(fd);
    }
  }

  *#files(a: string, b: string, left: Stat | null, right: Stat | null, top: boolean): Sim<number> {
    const plan = this.#plan;
    let x: Loaded;
    let y: Loaded;
    try {
      x = yield* this.#load(a, left);
      y = yield* this.#load(b, right);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#trouble(`${error.path ?? a}: ${error.message}`);
    }
    const same = equalBytes(x.data, y.data);
    const binary = !plan.text && (x.data.subarray(0, 32_768).includes(0) || y.data.subarray(0, 32_768).includes(0));
    let hunks: readonly Hunk[] = [];
    const sideA = this.#side(x, 0);
    const sideB = this.#side(y, 1);
    if (!same && !binary) hunks = yield* differences(sideA, sideB, plan);
    const differs = same ? false : binary || hunks.length > 0;
    if (!differs) {
      if (plan.reportSame) yield* this.#t.print(`Files ${a} and ${b} are identical\n`);
      if (plan.style === 'side' && !plan.suppressCommon) yield* this.#t.print(new DiffFormatter(sideA, sideB, plan).format([]));
      return 0;
    }
    if (plan.brief) {
      yield* this.#t.print(`Files ${a} and ${b} differ\n`);
      return 1;
    }
    if (binary) {
      yield* this.#t.print(`Binary files ${a} and ${b} differ\n`);
      return 1;
    }
    if (!top && !this.#t.busybox) {
      const line = `diff${plan.optionText} ${a} ${b}`;
      yield* this.#t.print(`${plan.colour ? `\x1b[1m${line}\x1b[0m` : line}\n`);
    }
    yield* this.#t.print(new DiffFormatter(sideA, sideB, plan).format(hunks));
    if ((plan.style === 'ed' || plan.style === 'rcs') && (!sideA.terminated || !sideB.terminated)) {
      for (const [name, side] of [
        [a, sideA],
        [b, sideB],
      ] as const)
        if (!side.terminated) yield* this.#t.warn(`${name}: No newline at end of file\n`);
    }
    return 1;
  }

  #side(f: Loaded, index: number): DiffSide {
    const text = decodeUtf8(f.data);
    const terminated = text === '' || text.endsWith('\n');
    const lines = text === '' ? [] : (terminated ? text.slice(0, -1) : text).split('\n');
    const time = formatTime('%Y-%m-%d %H:%M:%S.%N %z', f.stat?.mtime ?? 0);
    const label = this.#plan.labels[index];
    return { header: label ?? (this.#t.busybox ? f.name : `${f.name}\t${time}`), lines, terminated };
  }

  *#directories(a: string, b: string, top: boolean): Sim<number> {
    const plan = this.#plan;
    if (!top && !plan.recursive) {
      yield* this.#t.print(`Common subdirectories: ${a} and ${b}\n`);
      return 0;
    }
    const names = new Map<string, number>();
    for (const [bit, dir] of [
      [1, a],
      [2, b],
    ] as const) {
      try {
        for (const { name } of yield* readdir(dir)) {
          if (!plan.exclude.some((p) => fnmatch(p, name, { period: true }))) names.set(name, (names.get(name) ?? 0) | bit);
        }
      } catch (error) {
        if (!isErrno(error)) throw error;
        return yield* this.#trouble(`${dir}: ${error.message}`);
      }
    }
    let status = 0;
    for (const name of [...names.keys()].sort(compareBytes)) {
      const where = names.get(name)!;
      if (where !== 3 && !(plan.newFile || (plan.unidirectionalNew && where === 2))) {
        yield* this.#t.print(`Only in ${(where === 1 ? a : b).replace(/(?<=.)\/+$/, '')}: ${name}\n`);
        status = Math.max(status, 1);
        continue;
      }
      status = Math.max(status, yield* this.pair(joinPath(a, name), joinPath(b, name), false));
    }
    return status;
  }
}

function kind(s: Stat): string {
  if ((s.mode & S_IFMT) === S_IFDIR) return 'directory';
  return (s.mode & S_IFMT) === S_IFREG ? (s.size === 0 ? 'regular empty file' : 'regular file') : 'special file';
}
