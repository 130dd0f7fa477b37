import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { link, lstatOrNull, realpath, rename, S_IFDIR, S_IFLNK, S_IFMT, stat, statOrNull, symlink, unlink } from '../kernel/syscalls.ts';
import { ask } from './lib/ask.ts';
import { backupName, readBackup } from './lib/backup.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { isDirectory, joinPath, lastPart } from './lib/paths.ts';
import { quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { parentOf } from './small.ts';

const SPEC = {
  short: 'bdfFinLPrsS:t:Tv',
  long: {
    backup: 'backup::',
    directory: 'd',
    force: 'f',
    interactive: 'i',
    logical: 'L',
    'no-dereference': 'n',
    physical: 'P',
    relative: 'r',
    symbolic: 's',
    suffix: 'S:',
    'target-directory': 't:',
    'no-target-directory': 'T',
    verbose: 'v',
  },
  usage: '[OPTION]... [-T] TARGET LINK_NAME\n[OPTION]... TARGET\n[OPTION]... TARGET... DIRECTORY\n[OPTION]... -t DIRECTORY TARGET...',
  about: 'Makes links: hard ones, or with -s symbolic ones.',
};

/** Makes links. */
export function* ln(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const symbolic = o.has('s');
  const words = [...o.operands];
  if (words.length === 0) throw new UsageError(t.busybox ? '' : 'missing file operand');
  const pairs: [string, string][] = [];
  const into = o.value('t');
  const last = words[words.length - 1];
  const isDir = function* (path: string): Sim<boolean> {
    const own = yield* lstatOrNull(path);
    if (own !== null && o.has('n') && (own.mode & S_IFMT) === S_IFLNK) return false;
    return isDirectory(yield* statOrNull(path));
  };
  if (o.has('T')) {
    if (words.length !== 2)
      throw new UsageError(
        words.length < 2 ? `missing destination file operand after ${quoteAlways(words[0])}` : `extra operand ${quoteAlways(words[2])}`,
      );
    pairs.push([words[0], words[1]]);
  } else if (into !== undefined) for (const w of words) pairs.push([w, joinPath(into, lastPart(w))]);
  else if (words.length === 1) pairs.push([words[0], `./${lastPart(words[0])}`.slice(lastPart(words[0]) === '/' ? 2 : 0)]);
  else if (yield* isDir(last)) for (const w of words.slice(0, -1)) pairs.push([w, joinPath(last, lastPart(w))]);
  else if (words.length === 2) pairs.push([words[0], words[1]]);
  else {
    const there = yield* statOrNull(last);
    throw new Fatal(`target ${quoteAlways(last)}: ${there === null ? 'No such file or directory' : 'Not a directory'}`);
  }
  const backup = yield* readBackup(o);
  for (const [target, name] of pairs) {
    if (!symbolic) {
      try {
        const info = yield* stat(target);
        if ((info.mode & S_IFMT) === S_IFDIR) {
          yield* t.error(`${target}: hard link not allowed for directory`);
          continue;
        }
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.error(t.busybox ? `${target}: ${error.message}` : `failed to access ${quoteAlways(target)}: ${error.message}`);
        continue;
      }
    }
    const kind = symbolic ? 'symbolic' : 'hard';
    const shown = name;
    const old = yield* lstatOrNull(name);
    if (old !== null && (o.has('f') || o.has('i') || backup.kind !== 'none')) {
      const source = symbolic ? null : yield* statOrNull(target);
      if (source !== null && source.ino === old.ino && source.dev === old.dev) {
        yield* t.error(`${quoteAlways(target)} and ${quoteAlways(name)} are the same file`);
        continue;
      }
      if ((old.mode & S_IFMT) === S_IFDIR) {
        yield* t.error(`${name}: cannot overwrite directory`);
        continue;
      }
      if (o.has('i') && !(yield* ask(t, `replace ${quoteAlways(name)}? `))) continue;
      const saved = yield* backupName(name, backup);
      if (saved !== undefined) yield* rename(name, saved);
      else yield* unlink(name);
    }
    try {
      if (symbolic) yield* symlink(o.has('r') ? yield* relativeTarget(target, name) : target, name);
      else yield* link(o.has('L') ? yield* realpath(target) : target, name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (t.busybox) yield* t.error(`${name}: ${error.message}`);
      else
        yield* t.error(
          `failed to create ${kind} link ${quoteAlways(shown)}${symbolic || error.code === 'EEXIST' ? '' : ` => ${quoteAlways(target)}`}: ${error.message}`,
        );
      continue;
    }
    if (o.has('v')) yield* t.print(`${quoteAlways(shown)} ${symbolic ? '->' : '=>'} ${quoteAlways(target)}\n`);
  }
}

/** A path from the link's directory to the target. */
function* relativeTarget(target: string, name: string): Sim<string> {
  const from = (yield* realpath(parentOf(name))).split('/').filter((p) => p !== '');
  const parent = yield* realpath(parentOf(target));
  const to = `${parent}/${lastPart(target)}`.split('/').filter((p) => p !== '' && p !== '.');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}

export const program = tool('ln', ln);
