import { isErrno } from '../kernel/errno.ts';
import { pause, type Sim } from '../kernel/sim.ts';
import { lstat, readdir, S_IFDIR, S_IFMT, type Stat, stat } from '../kernel/syscalls.ts';
import type { FindEntry } from './lib/find/entry.ts';
import { Evaluator, QuitFind } from './lib/find/evaluate.ts';
import { FindParser } from './lib/find/parse.ts';
import { joinPath } from './lib/paths.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

/** Walks file trees. */
export function* find(t: Tool): Sim<number> {
  if (t.args[0] === '--help' || t.args[0] === '-help') {
    yield* t.print(`Usage: ${t.name} [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]\n`);
    return 0;
  }
  if (t.args[0] === '--version' || t.args[0] === '-version') {
    yield* t.print('find (GNU findutils) 4.11.0\n');
    return 0;
  }
  let follow: 'never' | 'named' | 'always' = 'never';
  let at = 0;
  for (; at < t.args.length; at++) {
    const a = t.args[at];
    if (a === '-P') follow = 'never';
    else if (a === '-L') follow = 'always';
    else if (a === '-H') follow = 'named';
    else if (a === '-D') at++;
    else if (!/^-O\d$/.test(a)) {
      if (a === '--') at++;
      break;
    }
  }
  const roots: string[] = [];
  while (at < t.args.length && !/^-./.test(t.args[at]) && t.args[at] !== '(' && t.args[at] !== '!' && t.args[at] !== ',')
    roots.push(t.args[at++]);
  const parser = new FindParser(t, t.args.slice(at));
  const tree = yield* parser.parse();
  for (const w of parser.warnings) yield* t.warn(`warning: ${w}`);
  if (parser.global.follow) follow = 'always';
  const evaluator = new Evaluator(t, parser.global);
  const walk = new Walk(t, evaluator, tree, follow, parser.global);
  try {
    for (const root of roots.length === 0 ? ['.'] : roots) yield* walk.root(root);
  } catch (error) {
    if (!(error instanceof QuitFind)) throw error;
  }
  yield* evaluator.finish();
  if (evaluator.failed) t.status = 1;
  return t.status;
}

class Walk {
  readonly #t: Tool;
  readonly #evaluator: Evaluator;
  readonly #tree: Parameters<Evaluator['test']>[0];
  readonly #follow: 'never' | 'named' | 'always';
  readonly #global: FindParser['global'];
  #count = 0;

  constructor(
    t: Tool,
    evaluator: Evaluator,
    tree: Parameters<Evaluator['test']>[0],
    follow: 'never' | 'named' | 'always',
    global: FindParser['global'],
  ) {
    this.#t = t;
    this.#evaluator = evaluator;
    this.#tree = tree;
    this.#follow = follow;
    this.#global = global;
  }

  *root(path: string): Sim<void> {
    const info = yield* this.#look(path, this.#follow !== 'never');
    if (info !== null) yield* this.#visit({ path, root: path, depth: 0, stat: info }, []);
  }

  *#look(path: string, follow: boolean): Sim<Stat | null> {
    try {
      if (!follow) return yield* lstat(path);
      try {
        return yield* stat(path);
      } catch (error) {
        if (!isErrno(error, 'ENOENT', 'ELOOP')) throw error;
        return yield* lstat(path);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#complain(path, error.message);
      return null;
    }
  }

  *#complain(path: string, reason: string): Sim<void> {
    yield* this.#t.error(this.#t.busybox ? `${path}: ${reason}` : `${quote(path)}: ${reason}`);
  }

  *#visit(entry: FindEntry, above: readonly string[]): Sim<void> {
    const g = this.#global;
    if (++this.#count % 128 === 0) yield* pause();
    const inRange = entry.depth >= g.minDepth;
    const directory = (entry.stat.mode & S_IFMT) === S_IFDIR;
    let descend = directory && entry.depth < g.maxDepth;
    if (!g.depth && inRange) {
      const result = yield* this.#evaluator.run(this.#tree, entry);
      if (result.pruned) descend = false;
    }
    if (descend) {
      const key = `${entry.stat.dev}:${entry.stat.ino}`;
      if (above.includes(key)) {
        yield* this.#t.error(
          `File system loop detected; ${quote(entry.path)} is part of the same file system loop as ${quote(entry.root)}.`,
        );
      } else if (!(g.oneFileSystem && above.length > 0 && above[0].split(':')[0] !== String(entry.stat.dev)))
        yield* this.#children(entry, [...above, key]);
    }
    if (g.depth && inRange) yield* this.#evaluator.run(this.#tree, entry);
  }

  *#children(entry: FindEntry, above: readonly string[]): Sim<void> {
    let list: readonly { readonly name: string }[];
    try {
      list = yield* readdir(entry.path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#complain(entry.path, error.message);
      return;
    }
    for (const { name } of list) {
      const path = joinPath(entry.path, name);
      const info = yield* this.#look(path, this.#follow === 'always');
      if (info !== null) yield* this.#visit({ path, root: entry.root, depth: entry.depth + 1, stat: info }, above);
    }
  }
}

export const program = tool('find', find, { shortName: true });
