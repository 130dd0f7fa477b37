import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { access, isatty, lstat, lstatOrNull, removeTree, rename, S_IFDIR, S_IFMT, type Stat, statOrNull } from '../kernel/syscalls.ts';
import { ask } from './lib/ask.ts';
import { backupName, readBackup } from './lib/backup.ts';
import { Copier } from './lib/copy.ts';
import { destinations } from './lib/destination.ts';
import { permissionLetters } from './lib/mode.ts';
import { parseOptions } from './lib/options.ts';
import { quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'bfint:uvS:TZ',
  long: {
    backup: 'backup::',
    force: 'f',
    interactive: 'i',
    'no-clobber': 'n',
    'no-copy': 'nc',
    'strip-trailing-slashes': 'sts',
    suffix: 'S:',
    'target-directory': 't:',
    'no-target-directory': 'T',
    update: 'u2::',
    verbose: 'v',
    debug: 'v',
    exchange: 'exchange',
  },
  usage: '[OPTION]... [-T] SOURCE DEST\n[OPTION]... SOURCE... DIRECTORY\n[OPTION]... -t DIRECTORY SOURCE...',
  about: 'Renames SOURCE to DEST, or moves several sources into a directory.',
};

/** Moves files. */
export function* mv(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const overwrite = o.options.filter(([k]) => k === 'i' || k === 'f' || k === 'n').at(-1)?.[0];
  const update = o.has('u') ? 'older' : o.has('u2') ? o.value('u2') || 'older' : 'all';
  const backup = yield* readBackup(o);
  for (const [from, to] of yield* destinations(t, o)) yield* one(from, to);

  function* one(from: string, to: string): Sim<void> {
    let source: Stat;
    try {
      source = yield* lstat(from);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(t.busybox ? `can't rename '${from}': ${error.message}` : `cannot stat ${quoteAlways(from)}: ${error.message}`);
      return;
    }
    const old = yield* lstatOrNull(to.replace(/(?<=.)\/+$/, ''));
    const directory = (source.mode & S_IFMT) === S_IFDIR;
    let saved: string | undefined;
    if (old !== null) {
      if (old.ino === source.ino && old.dev === source.dev && !t.busybox) {
        if (directory) yield* t.error(`cannot move ${quoteAlways(from)} to a subdirectory of itself, ${quoteAlways(to)}`);
        else yield* t.error(`${quoteAlways(from)} and ${quoteAlways(to)} are the same file`);
        return;
      }
      if (overwrite === 'n' || update === 'none') return;
      if (update === 'none-fail') {
        yield* t.error(`not replacing ${quoteAlways(to)}`);
        return;
      }
      if (update === 'older' && old.mtime >= source.mtime) return;
      const oldDirectory = (old.mode & S_IFMT) === S_IFDIR;
      if (!directory && oldDirectory) {
        yield* t.error(`cannot overwrite directory ${quoteAlways(to)} with non-directory`);
        return;
      }
      if (directory && !oldDirectory) {
        yield* t.error(`cannot overwrite non-directory ${quoteAlways(to)} with directory ${quoteAlways(from)}`);
        return;
      }
      const blocked = overwrite === undefined && (yield* isatty(0)) && (yield* statOrNull(to)) !== null && !(yield* access(to, 2));
      if (overwrite === 'i' || blocked) {
        const question = blocked
          ? `replace ${quoteAlways(to)}, overriding mode ${(old.mode & 0o7777).toString(8).padStart(4, '0')} (${permissionLetters(old.mode)})? `
          : `overwrite ${quoteAlways(to)}? `;
        if (!(yield* ask(t, question))) {
          if (!t.busybox) t.status = 1;
          return;
        }
      }
      saved = yield* backupName(to, backup);
      if (saved !== undefined) yield* rename(to, saved);
    }
    try {
      yield* rename(from, to);
      if (o.has('v'))
        yield* t.print(
          `${t.busybox ? '' : 'renamed '}${quoteAlways(from)} -> ${quoteAlways(to)}${saved === undefined ? '' : ` (backup: ${quoteAlways(saved)})`}\n`,
        );
      return;
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code !== 'EXDEV') {
        if (t.busybox) yield* t.error(`can't rename '${from}': ${error.message}`);
        else if (error.code === 'EINVAL')
          yield* t.error(`cannot move ${quoteAlways(from)} to a subdirectory of itself, ${quoteAlways(to)}`);
        else if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')
          yield* t.error(`cannot overwrite ${quoteAlways(to)}: Directory not empty`);
        else yield* t.error(`cannot move ${quoteAlways(from)} to ${quoteAlways(to)}: ${error.message}`);
        return;
      }
    }
    // Another file system: copy with everything, then remove.
    const copier = new Copier(t, {
      recursive: true,
      links: 'keep',
      mode: true,
      ownership: true,
      times: true,
      hardLinks: true,
      force: true,
      removeFirst: true,
      interactive: false,
      noClobber: false,
      update: 'all',
      verbose: false,
      link: undefined,
      attributesOnly: false,
      backup: { kind: 'none', suffix: '~' },
    });
    if (!(yield* copier.copy(from, to))) return;
    if (o.has('v')) yield* t.print(`copied ${quoteAlways(from)} -> ${quoteAlways(to)}\n`);
    try {
      yield* removeTree(from);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`cannot remove ${quoteAlways(from)}: ${error.message}`);
    }
  }
}

export const program = tool('mv', mv);
