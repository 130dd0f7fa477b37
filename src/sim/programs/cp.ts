import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { chmod, chown, mkdir, statOrNull, umask } from '../kernel/syscalls.ts';
import { readBackup } from './lib/backup.ts';
import { Copier, type CopyPlan } from './lib/copy.ts';
import { destinations } from './lib/destination.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseMode } from './lib/mode.ts';
import { parseOptions } from './lib/options.ts';
import { isDirectoryPath } from './lib/paths.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers } from './lib/users.ts';
import { parentOf } from './small.ts';

const SPEC = {
  short: 'abdfHilLnprst:uvxPRS:TZ',
  long: {
    archive: 'a',
    'attributes-only': 'ao',
    backup: 'backup::',
    'copy-contents': 'cc',
    dereference: 'L',
    force: 'f',
    interactive: 'i',
    link: 'l',
    'no-clobber': 'n',
    'no-dereference': 'P',
    'no-preserve': 'np:',
    'no-target-directory': 'T',
    'one-file-system': 'x',
    parents: 'parents',
    preserve: 'preserve::',
    recursive: 'r',
    'remove-destination': 'rd',
    reflink: 'rl::',
    sparse: 'sparse:',
    'strip-trailing-slashes': 'sts',
    suffix: 'S:',
    'symbolic-link': 's',
    'target-directory': 't:',
    update: 'u2::',
    verbose: 'v',
    debug: 'v',
    context: 'Z',
  },
  usage: '[OPTION]... [-T] SOURCE DEST\n[OPTION]... SOURCE... DIRECTORY\n[OPTION]... -t DIRECTORY SOURCE...',
  about: 'Copies SOURCE to DEST, or several sources into a directory.',
};

/** Copies files. */
export function* cp(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const archive = o.has('a');
  let links: CopyPlan['links'] | undefined;
  let interactive = false;
  let noClobber = false;
  for (const [k] of o.options) {
    if (k === 'a' || k === 'd' || k === 'P') links = 'keep';
    else if (k === 'L') links = 'follow';
    else if (k === 'H') links = 'follow-named';
    else if (k === 'i') [interactive, noClobber] = [true, false];
    else if (k === 'n') [interactive, noClobber] = [false, true];
  }
  const recursive = archive || o.has('r') || o.has('R');
  const kept = new Set(archive ? ['mode', 'ownership', 'timestamps', 'links'] : o.has('p') ? ['mode', 'ownership', 'timestamps'] : []);
  if (o.has('d')) kept.add('links');
  for (const [k, v] of o.options) {
    if (k === 'preserve')
      for (const word of (v || 'mode,ownership,timestamps').split(','))
        for (const w of word === 'all' ? ['mode', 'ownership', 'timestamps', 'links'] : [word]) kept.add(w);
    if (k === 'np') for (const w of v.split(',')) kept.delete(w);
  }
  const update = o.has('u') ? 'older' : o.has('u2') ? o.value('u2') || 'older' : 'all';
  if (!['all', 'older', 'none', 'none-fail'].includes(update))
    throw new UsageError(`invalid argument ${quote(update)} for ${quote('--update')}`);
  const plan: CopyPlan = {
    recursive,
    links: links ?? (recursive ? 'keep' : 'follow'),
    mode: kept.has('mode'),
    ownership: kept.has('ownership'),
    times: kept.has('timestamps'),
    hardLinks: kept.has('links'),
    force: o.has('f'),
    removeFirst: o.has('rd'),
    interactive,
    noClobber,
    update: update as CopyPlan['update'],
    verbose: o.has('v'),
    link: o.has('l') ? 'hard' : o.has('s') ? 'symbolic' : undefined,
    attributesOnly: o.has('ao'),
    backup: yield* readBackup(o),
  };
  const copier = new Copier(t, plan);
  for (const [from, to] of yield* destinations(t, o, o.has('parents'))) {
    if (o.has('parents')) yield* makeParents(parentOf(to));
    yield* copier.copy(from, to);
  }
}

function* makeParents(path: string): Sim<void> {
  if (yield* isDirectoryPath(path)) return;
  yield* makeParents(parentOf(path));
  yield* mkdir(path);
}

/** Copies and sets modes: install. */
function* install(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'bcCdDg:m:o:pst:TvS:',
    long: {
      directory: 'd',
      group: 'g:',
      mode: 'm:',
      owner: 'o:',
      'preserve-timestamps': 'p',
      strip: 's',
      'target-directory': 't:',
      'no-target-directory': 'T',
      verbose: 'v',
      backup: 'backup::',
      suffix: 'S:',
      compare: 'C',
    },
    usage: '[OPTION]... [-T] SOURCE DEST\n[OPTION]... SOURCE... DIRECTORY\n[OPTION]... -t DIRECTORY SOURCE...\n[OPTION]... -d DIRECTORY...',
    about: 'Copies files and sets their modes.',
  });
  const text = o.value('m') ?? '755';
  const change = parseMode(text);
  if (change === null) throw new Fatal(`invalid mode ${quote(text)}`);
  const mode = change(0, o.has('d'), yield* umask());
  const users = yield* readUsers();
  const id = (word: string | undefined, find: (n: string) => number | undefined, what: string): number | undefined => {
    if (word === undefined) return undefined;
    const n = find(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined);
    if (n === undefined) throw new Fatal(`invalid ${what} ${quote(word)}`);
    return n;
  };
  const uid = id(o.value('o'), (n) => users.user(n)?.uid, 'user');
  const gid = id(o.value('g'), (n) => users.group(n)?.gid, 'group');
  const finish = function* (path: string): Sim<void> {
    yield* chmod(path, mode);
    const info = yield* statOrNull(path);
    if ((uid !== undefined || gid !== undefined) && info !== null) yield* chown(path, uid ?? info.uid, gid ?? info.gid);
  };
  if (o.has('d')) {
    if (o.operands.length === 0) throw new UsageError('missing file operand');
    for (const path of o.operands) {
      try {
        yield* makeParents(path);
        yield* finish(path);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.error(`cannot create directory ${quoteAlways(path)}: ${error.message}`);
      }
    }
    return;
  }
  const copier = new Copier(t, {
    recursive: false,
    links: 'follow',
    mode: false,
    ownership: false,
    times: o.has('p'),
    hardLinks: false,
    force: true,
    removeFirst: true,
    interactive: false,
    noClobber: false,
    update: 'all',
    verbose: o.has('v'),
    link: undefined,
    attributesOnly: false,
    backup: yield* readBackup(o),
    wantedMode: 0o600,
  });
  if (o.has('D') && o.operands.length >= 2) yield* makeParents(parentOf(o.operands.at(-1)!));
  for (const [from, to] of yield* destinations(t, o)) if (yield* copier.copy(from, to)) yield* finish(to);
}

export const programs: readonly Program[] = [tool('cp', cp), tool('install', install)];
