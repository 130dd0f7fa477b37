import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstat, readdir, readlink, S_IFDIR, S_IFLNK, S_IFMT, type Stat, stat } from '../kernel/syscalls.ts';
import { fnmatch } from './lib/glob.ts';
import type { Entry } from './lib/ls/entry.ts';
import { LsLayout } from './lib/ls/layout.ts';
import { type LsOptions, readLsOptions } from './lib/ls/options.ts';
import { compareEntries } from './lib/ls/order.ts';
import { quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers } from './lib/users.ts';

/** Lists files and directories. */
export function* ls(t: Tool, style?: 'columns' | 'long'): Sim<number> {
  const o = yield* readLsOptions(t, style);
  return yield* new Lister(t, o).run();
}

class Lister {
  readonly #t: Tool;
  readonly #o: LsOptions;
  #status = 0;
  #printed = false;

  constructor(t: Tool, o: LsOptions) {
    this.#t = t;
    this.#o = o;
  }

  *run(): Sim<number> {
    const o = this.#o;
    const layout = new LsLayout(o, o.long ? yield* readUsers() : undefined, o.now);
    const files: Entry[] = [];
    const dirs: Entry[] = [];
    const names = o.operands.length === 0 ? ['.'] : o.operands;
    for (const name of names) {
      const entry = yield* this.#entry(name, name, true);
      if (entry === null) continue;
      const linked = entry.target !== undefined && (entry.target.mode & S_IFMT) === S_IFDIR && !o.long && !o.classify;
      const opens = !o.directory && ((entry.stat.mode & S_IFMT) === S_IFDIR || linked);
      (opens ? dirs : files).push(entry);
    }
    files.sort((a, b) => compareEntries(a, b, o));
    dirs.sort((a, b) => compareEntries(a, b, o));
    if (files.length > 0) {
      yield* this.#t.print(layout.render(files));
      this.#printed = true;
    }
    const headers = o.recursive || names.length > 1 || (files.length > 0 && dirs.length > 0);
    for (const dir of dirs) yield* this.#directory(dir.name, headers, layout, true);
    return this.#status;
  }

  *#entry(path: string, name: string, operand: boolean): Sim<Entry | null> {
    const o = this.#o;
    try {
      const own = yield* o.dereference ? stat(path) : lstat(path);
      let target: Stat | undefined;
      let link: string | undefined;
      if ((own.mode & S_IFMT) === S_IFLNK) {
        const wantsTarget = o.colour || o.classify || (operand && !o.directory);
        if (o.long) link = yield* readlink(path);
        if (wantsTarget || o.long) {
          try {
            target = yield* stat(path);
          } catch (error) {
            if (!isErrno(error)) throw error;
          }
        }
        if (operand && o.dereferenceOperands && target !== undefined) return { name, stat: target };
      }
      return { name, stat: own, target, link };
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (this.#t.busybox) {
        yield* this.#t.error(`${path}: ${error.message}`);
        this.#status = 1;
      } else {
        yield* this.#t.error(`cannot access ${quoteAlways(path)}: ${error.message}`);
        this.#status = operand ? 2 : Math.max(1, this.#status);
      }
      return operand ? null : { name, stat: undefined as unknown as Stat, unknown: true };
    }
  }

  *#directory(path: string, header: boolean, layout: LsLayout, operand: boolean): Sim<void> {
    const o = this.#o;
    let names: string[];
    try {
      names = (yield* readdir(path)).map((d) => d.name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#t.error(
        this.#t.busybox ? `can't open '${path}': ${error.message}` : `cannot open directory ${quoteAlways(path)}: ${error.message}`,
      );
      this.#status = this.#t.busybox ? 1 : operand ? 2 : 1;
      return;
    }
    if (o.hidden === 'all') names.unshift('.', '..');
    else if (o.hidden === 'no') names = names.filter((n) => !n.startsWith('.'));
    names = names.filter((n) => !o.ignore.some((p) => fnmatch(p, n, { period: true })) && !(o.ignoreBackups && n.endsWith('~')));
    if (o.hidden === 'no') names = names.filter((n) => !o.hide.some((p) => fnmatch(p, n, { period: true })));
    const entries: Entry[] = [];
    const base = path.endsWith('/') ? path : `${path}/`;
    for (const name of names) {
      const entry = yield* this.#entry(base + name, name, false);
      if (entry !== null) entries.push(entry);
    }
    if (o.sort !== 'none') entries.sort((a, b) => compareEntries(a, b, o));
    if (header) {
      yield* this.#t.print(`${this.#printed ? '\n' : ''}${layout.quoted(path)}:\n`);
    }
    this.#printed = true;
    if (o.long || o.blocks) yield* this.#t.print(`total ${layout.total(entries)}\n`);
    yield* this.#t.print(layout.render(entries));
    if (!o.recursive) return;
    for (const e of entries) {
      if (e.unknown || (e.stat.mode & S_IFMT) !== S_IFDIR || e.name === '.' || e.name === '..') continue;
      yield* this.#directory(base + e.name, true, layout, false);
    }
  }
}

export const programs: readonly Program[] = [
  tool('ls', (t) => ls(t), { usageStatus: 2, failStatus: 1 }),
  tool('dir', (t) => ls(t, 'columns'), { usageStatus: 2, failStatus: 1 }),
  tool('vdir', (t) => ls(t, 'long'), { usageStatus: 2, failStatus: 1 }),
];
